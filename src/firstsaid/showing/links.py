"""Where a link goes: an address of the local page, an anchor in the one-file report, or a file of a report that is a folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

SHORT = 12
"""Characters of an id in a link: 48 bits, so that even among ten million documents two ids begin alike less than once in five corpora;
the page then says so."""

SERVED, ONE_FILE, FOLDER = "served", "one file", "folder"
"""The three forms in which pages are given to a reader."""

ANCHORS = {"document": "d", "family": "p", "finding": "f"}
"""First letter of the anchor of a single thing."""

Asked = dict[str, str]
"""What a page is asked for beside its name: `id`, and what else stands in its address (`page`, `kind`, `outlet`, ...)."""


@dataclass(frozen=True, slots=True)
class Links:
    """Hrefs of every kind of page in one of three forms.

    `documents`, `families`, `findings`: ids that a report holds; what it left out has no href. None: everything is there.
    `prefix`, `home`: in a folder, what leads from the page at hand to the other pages and to the first one. `asked`: in a folder, the
    record of the pages that links lead to (file name -> screen, what it is asked for), so that each of them is written.
    """

    form: str = SERVED
    documents: frozenset[str] | None = None
    families: frozenset[str] | None = None
    findings: frozenset[str] | None = None
    prefix: str = ""
    home: str = ""
    asked: dict[str, tuple[str, Asked]] | None = None

    @property
    def is_report(self) -> bool:
        """Whether everything stands in one file, with anchors for addresses."""
        return self.form == ONE_FILE

    @property
    def is_served(self) -> bool:
        """Whether somebody answers: forms work, and whatever is asked for is made."""
        return self.form == SERVED

    def to(self, screen: str, **asked: str | int) -> str:
        """The page of a screen. Empty values, and page 1, are as good as not asked for."""
        given = {name: str(value) for name, value in asked.items() if value not in ("", None) and (name, value) != ("page", 1)}
        if self.form == ONE_FILE:
            return f"#{screen}"
        if self.form == FOLDER:
            return self._file(screen, given)
        path = "/" if screen == "overview" else f"/{screen}" + (f"/{given.pop('id')}" if "id" in given else "")
        return path + (f"?{urlencode(given, quote_via=quote, safe='')}" if given else "")

    def _file(self, screen: str, given: Asked) -> str:
        if screen == "overview":
            return self.home
        page = given.get("page", "")
        rest = {name: value for name, value in given.items() if name not in ("id", "page")}
        # What was asked for may hold any character; a digest of it makes a file name everywhere.
        told = hashlib.blake2b(urlencode(sorted(rest.items())).encode(), digest_size=6).hexdigest() if rest else ""
        name = "-".join(part for part in (screen, given.get("id", ""), told, page) if part) + ".html"
        if self.asked is not None:
            self.asked.setdefault(name, (screen, given))
        return self.prefix + name

    def page(self, name: str) -> str:
        """A list page: overview, documents, findings, families, speakers, names, problems, about."""
        return self.to(name)

    def _thing(self, screen: str, thing_id: str, held: frozenset[str] | None, anchor: str = "") -> str:
        if held is not None and thing_id not in held:
            return ""
        short = thing_id[:SHORT]
        if self.form == ONE_FILE:
            return f"#{ANCHORS[screen]}-{short}{anchor}"
        return self.to(screen, id=short)

    def document(self, document_id: str, at: int | None = None) -> str:
        """A document's reading view, at a code point if given; empty when the report left the document out."""
        place = "" if at is None else f"-{at}"
        href = self._thing("document", document_id, self.documents, place)
        if not href or at is None or self.form == ONE_FILE:
            return href
        anchor = f"#d-{document_id[:SHORT]}{place}"
        return f"{href}?at={at}{anchor}" if self.form == SERVED else href + anchor

    def family(self, family_id: str) -> str:
        """A passage family; empty when the report left it out."""
        return self._thing("family", family_id, self.families)

    def finding(self, finding_id: str, **asked: str) -> str:
        """A finding with its evidence, among those that `asked` chooses; empty when the report left it out."""
        href = self._thing("finding", finding_id, self.findings)
        return f"{href}?{urlencode(asked, quote_via=quote, safe='')}" if asked and href and self.form == SERVED else href

    def findings_of(self, kind: str) -> str:
        """The findings of one kind."""
        return f"#findings-{kind}" if self.form == ONE_FILE else self.to("findings", kind=kind)

    def outlet(self, outlet: str) -> str:
        """The documents of one outlet."""
        return self.to("documents", outlet=outlet)

    def speaker(self, name: str, outlet: str = "", hand: str = "") -> str:
        """A speaker with all that is quoted, or only through one outlet, or first-hand, or relayed."""
        return self.to("speakers", name=name, outlet=outlet, hand=hand)


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
