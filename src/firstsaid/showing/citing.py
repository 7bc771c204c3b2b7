"""A place in a document as a footnote would cite it, so that anyone can find it again without us."""

from __future__ import annotations

from firstsaid import __version__
from firstsaid.showing.lines import Lines
from firstsaid.showing.links import SHORT, external
from firstsaid.showing.spoken import plain


def citation(lines: Lines, document_id: str, start: int | None = None, end: int | None = None) -> str:
    """Who, what, when, where: outlet, title, date with its basis, address, and the characters meant (code points, end excluded)."""
    line = lines.document(document_id)
    (url,) = lines.connection.execute("SELECT url FROM document WHERE id = ?", (document_id,)).fetchone()
    when = line.when + (f" (date from {line.when_basis})" if line.when_basis else "")
    place = "" if start is None or end is None or start >= end else f", characters {start} to {end}"
    # An address names who printed it.
    address = "" if lines.hiding.words else plain(external(url))
    parts = [line.outlet, f"“{line.title}”", when]
    where = "; ".join(part for part in (address, line.location) if part)
    found = f"Document {document_id[:SHORT]}{place} in {plain(lines.corpus.path.name)} (Firstsaid {__version__})"
    return " ".join(f"{part}." for part in (", ".join(part for part in parts if part), where, found) if part)
