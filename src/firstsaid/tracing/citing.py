"""Which document of the corpus a citation points to: by address, by title, or by the outlet that it names and the days around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import pyarrow as pa

from firstsaid.columns import iterate, to_table
from firstsaid.model import MINUTES_PER_DAY, Citation
from firstsaid.text import words

OUTLET_WINDOW_DAYS = 14
"""How long before a document an outlet's report can be what "as X reported" means; news is followed up within two weeks."""


def resolved_citations(citations: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """Group kernel over all citations; `beside["heading"]`: documents without their texts. Rows of `Citation`.

    A link resolves by its address (resolved against the citing page's own, `#fragment` and trailing slash aside) or by the relative path of
    the capture; a work by its title; "as X reported" by the outlet X, if just one document of X stands in the days before.
    """
    headings = beside["heading"].to_pylist()
    known = _Known.of(headings)
    by_id = {row["document_id"]: row for row in headings}
    resolved = []
    for citation in iterate(Citation, citations):
        target = known.find(citation, by_id[citation.document_id]) if citation.target else None
        if target is not None and target != citation.document_id:
            citation = replace(citation, resolved_document_id=target)
        resolved.append(citation)
    return to_table(Citation, resolved)


class _Known:
    """Documents by what a citation may call them."""

    def __init__(self) -> None:
        self.by_address: dict[str, str] = {}
        self.by_title: dict[tuple[str, ...], str] = {}
        self.by_outlet: defaultdict[tuple[str, ...], list[tuple[int, str]]] = defaultdict(list)

    @staticmethod
    def of(headings: list[dict[str, object]]) -> _Known:
        known = _Known()
        for row in headings:
            document_id = str(row["document_id"])
            for address in (row["url"], row["location"]):
                if address:
                    known.by_address.setdefault(_plain_address(str(address)), document_id)
            if row["title"] and len(key := words(str(row["title"])).keys) >= 3:
                known.by_title.setdefault(key, document_id)
            if row["outlet"] and isinstance(row["published_earliest"], int):
                known.by_outlet[words(str(row["outlet"])).keys].append((row["published_earliest"], document_id))
        for dated in known.by_outlet.values():
            dated.sort()
        return known

    def find(self, citation: Citation, citing: dict[str, object]) -> str | None:
        target = citation.target or ""
        if citation.form == "link":
            for base in (citing["url"], citing["location"]):
                address = _plain_address(_joined(str(base), target)) if base else _plain_address(target)
                if address in self.by_address:
                    return self.by_address[address]
            return None
        key = words(target).keys
        if key in self.by_title:
            return self.by_title[key]
        published = citing["published_earliest"]
        if key not in self.by_outlet or not isinstance(published, int):
            return None
        window = [name for when, name in self.by_outlet[key] if 0 <= published - when <= OUTLET_WINDOW_DAYS * MINUTES_PER_DAY]
        return window[0] if len(window) == 1 else None


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target)
    except ValueError:
        # A hostile address such as http://[: it points nowhere.
        return target


def _plain_address(address: str) -> str:
    """An address as the same page's other spellings have it too: no scheme, no www., no fragment, no trailing slash."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    host = parts.netloc.lower().removeprefix("www.")
    return host + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
