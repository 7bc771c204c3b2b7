"""Where a link goes: an anchor inside the one-file report, or an address of the local page."""

from __future__ import annotations

from dataclasses import dataclass

SHORT = 12
"""Characters of an id in a link: 48 bits, enough for a corpus; the page answers with a list where two ids begin alike."""


@dataclass(frozen=True, slots=True)
class Links:
    """Hrefs of every kind of page. `is_report`: anchors instead of addresses; `shown`: ids of documents that the report holds in full."""

    is_report: bool
    shown: frozenset[str] | None = None

    def page(self, name: str) -> str:
        """A list page: overview, documents, findings, families, speakers, problems."""
        return f"#{name}" if self.is_report else ("/" if name == "overview" else f"/{name}")

    def document(self, document_id: str, at: int | None = None) -> str:
        """A document's reading view, at a code point if given; empty when the report left the document out."""
        if self.shown is not None and document_id not in self.shown:
            return ""
        if self.is_report:
            return f"#d-{document_id[:SHORT]}" + (f"-{at}" if at is not None else "")
        return f"/document/{document_id[:SHORT]}" + (f"#d-{document_id[:SHORT]}-{at}" if at is not None else "")

    def family(self, family_id: str) -> str:
        """A passage family."""
        return f"#p-{family_id[:SHORT]}" if self.is_report else f"/family/{family_id[:SHORT]}"

    def finding(self, finding_id: str) -> str:
        """A finding in the list of findings."""
        return f"#f-{finding_id[:SHORT]}" if self.is_report else f"/findings#f-{finding_id[:SHORT]}"

    def speaker(self, name: str) -> str:
        """A speaker in the list of speakers."""
        from urllib.parse import quote

        return "#speakers" if self.is_report else f"/speakers#{quote(name)}"
