"""Witnesses that somebody has laid side by side already: a table with one column a witness, or a TEI critical apparatus."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from firstsaid.errors import UsageError
from firstsaid.text import sanitize

TABLES = {".csv": ",", ".tsv": "\t"}
TEI_SUFFIXES = (".xml", ".tei")
TEXT_COLUMNS = frozenset({"text", "body", "content"})
"""A table that has one of these columns is a list of texts, one a row, and no collation."""
LACUNAE = frozenset({"-", "—", "–", "∅", "om.", "om", "[om.]", "?", "n/a"})
"""How editors write that a witness has nothing in a place."""
MAX_CELLS = 20_000_000
"""A larger table is refused: 200 witnesses of 100,000 words."""
_TEI = "{http://www.tei-c.org/ns/1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def collated_table(path: Path) -> tuple[list[str], list[list[str]]] | None:
    """Names of the witnesses, and for each place what each of them reads there; None where the file is no collation.

    A first column that merely numbers the places is left out.

    Raises:
        UsageError: a column has no name, two have the same, or the table is too large.
    """
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        rows = csv.reader(opened, delimiter=TABLES[path.suffix.lower()])
        names = [sanitize(name.strip())[0] for name in next(rows, [])]
        if len(names) < 2 or TEXT_COLUMNS & {name.casefold() for name in names}:
            return None
        places = []
        for row in rows:
            cells = [sanitize(cell.strip())[0] for cell in row[: len(names)]]
            places.append([*("" if cell in LACUNAE else cell for cell in cells), *[""] * (len(names) - len(cells))])
            if len(places) * len(names) > MAX_CELLS:
                raise UsageError(f"{path.name} has more than {MAX_CELLS:,} cells. Split the text into parts")
    if places and all(row[0].isdigit() for row in places):
        names, places = names[1:], [row[1:] for row in places]
    if not all(names) or len(set(names)) < len(names):
        raise UsageError(f"{path.name}: every column needs a name of its own, that of its witness")
    return names, places


def tei_witnesses(path: Path) -> dict[str, str] | None:
    """The text of each witness of a TEI apparatus by parallel segmentation; None where the file is none.

    `lem` counts as `rdg`. What stands outside the apparatus all witnesses have, but for what `lacunaStart` to `lacunaEnd` takes away.

    Raises:
        UsageError: the file is no well-formed XML.
    """
    from lxml import etree

    # Entities could name files or grow without end.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.parse(str(path), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{path.name} is no well-formed XML ({error})") from error
    names = {
        str(found.get(_XML_ID)): str(found.get("n") or found.get(_XML_ID)) for found in root.iter(f"{_TEI}witness") if found.get(_XML_ID)
    }
    body = root.find(f".//{_TEI}body")
    if body is None or len(names) < 2 or body.find(f".//{_TEI}app") is None:
        return None
    pieces: dict[str, list[str]] = {name: [] for name in names}
    absent: set[str] = set()
    for holders, words in _spoken(body, frozenset(names), absent):
        for holder in holders:
            pieces[holder].append(words)
    return {names[mark]: " ".join("".join(words).split()) for mark, words in pieces.items()}


def _spoken(top: object, all_names: frozenset[str], absent: set[str]) -> Iterator[tuple[list[str], str]]:
    """Every piece of text with the witnesses that have it, in reading order; nested however deep without recursion."""
    from lxml import etree

    ahead: list[tuple[object, frozenset[str]]] = [(top, all_names)]
    while ahead:
        item, holders = ahead.pop()
        if isinstance(item, str):
            yield sorted(holders - absent), item
            continue
        if not isinstance(item, etree._Element):
            continue
        tag = etree.QName(item).localname if isinstance(item.tag, str) else ""
        named = frozenset(mark.lstrip("#") for mark in str(item.get("wit") or "").split())
        if tag in ("lacunaStart", "lacunaEnd"):
            (absent.update if tag == "lacunaStart" else absent.difference_update)(holders)
        inner = holders & named if tag in ("rdg", "lem") else holders
        below: list[tuple[object, frozenset[str]]] = []
        if tag not in ("note", "teiHeader", "") and item.text:
            below.append((item.text, inner))
        # Editors' white space between readings belongs to nobody's text, but a word ends there.
        for child in item if tag != "note" else ():
            below.append((child, inner))
            if child.tail:
                below.append((child.tail if tag != "app" else " ", inner))
        ahead += reversed(below)
