"""Where a link goes: an anchor inside the one-file report, or an address of the local page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

SHORT = 12
"""Characters of an id in a link: 48 bits, so that even among ten million documents two ids begin alike less than once in five corpora;
the page then says so."""


@dataclass(frozen=True, slots=True)
class Links:
    """Hrefs of every kind of page. `is_report`: anchors instead of addresses.

    `documents`, `families`, `findings`: ids that the report holds; what it left out has no href. None: everything is there.
    """

    is_report: bool
    documents: frozenset[str] | None = None
    families: frozenset[str] | None = None
    findings: frozenset[str] | None = None

    def page(self, name: str) -> str:
        """A list page: overview, documents, findings, families, speakers, problems, about."""
        return f"#{name}" if self.is_report else ("/" if name == "overview" else f"/{name}")

    def document(self, document_id: str, at: int | None = None) -> str:
        """A document's reading view, at a code point if given; empty when the report left the document out."""
        if self.documents is not None and document_id not in self.documents:
            return ""
        anchor = f"#d-{document_id[:SHORT]}" + ("" if at is None else f"-{at}")
        if self.is_report:
            return anchor
        return f"/document/{document_id[:SHORT]}" + ("" if at is None else f"?at={at}{anchor}")

    def family(self, family_id: str) -> str:
        """A passage family; empty when the report left it out."""
        if self.families is not None and family_id not in self.families:
            return ""
        return f"#p-{family_id[:SHORT]}" if self.is_report else f"/family/{family_id[:SHORT]}"

    def finding(self, finding_id: str) -> str:
        """A finding with its evidence; empty when the report left it out."""
        if self.findings is not None and finding_id not in self.findings:
            return ""
        return f"#f-{finding_id[:SHORT]}" if self.is_report else f"/finding/{finding_id[:SHORT]}"

    def findings_of(self, kind: str) -> str:
        """The findings of one kind."""
        return f"#findings-{kind}" if self.is_report else f"/findings?kind={quote(kind)}"

    def outlet(self, outlet: str) -> str:
        """The documents of one outlet."""
        return "#documents" if self.is_report else f"/documents?outlet={quote(outlet, safe='')}"

    def speaker(self, name: str) -> str:
        """A speaker with all that is quoted."""
        return "#speakers" if self.is_report else f"/speakers?name={quote(name, safe='')}"


def external(address: str | None) -> str:
    """The address if it is one that a browser may follow out of a hostile document: http or https with a host; else empty.

    >>> external("https://example.org/a"), external("javascript:alert(1)"), external("//example.org")
    ('https://example.org/a', '', '')
    """
    cleaned = (address or "").strip()
    if any(ord(character) <= 32 for character in cleaned):
        return ""
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return ""
    return cleaned if parts.scheme.lower() in ("http", "https") and parts.netloc else ""
