"""Witnesses as a TEI critical apparatus by parallel segmentation (TEI P5 Guidelines, 12.2.3): what all read, and where they part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from firstsaid.tracing.collation import GAP, Collation, collate
from firstsaid.tracing.witnesses import Witness

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow in any form."""


def to_tei(witnesses: Sequence[Witness], title: str = "", collation: Collation | None = None) -> str:
    """One TEI document. Each stretch in which not all agree is an `app` with one `rdg` for each wording.

    What is common is in the first witness's spelling and punctuation. `collation`: of the texts of `witnesses`, if it is known.
    """
    collation = collate([witness.text for witness in witnesses]) if collation is None else collation
    marks = [f"w{number + 1}" for number in range(len(witnesses))]
    listed = [
        f"          <witness xml:id={quoteattr(mark)} n={_name(w.id)}>{_told(w)}</witness>"
        for mark, w in zip(marks, witnesses, strict=True)
    ]
    body = [part for segment in _segments(collation) for part in _part(witnesses, collation, marks, *segment)]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>', '<TEI xmlns="http://www.tei-c.org/ns/1.0">', "  <teiHeader>", "    <fileDesc>",
        f"      <titleStmt><title>{_clean(title) or 'Collation'}</title></titleStmt>",
        "      <publicationStmt><p>Made by firstsaid from the witnesses listed; no editor decided anything.</p></publicationStmt>",
        "      <sourceDesc>", "        <listWit>", *listed, "        </listWit>", "      </sourceDesc>", "    </fileDesc>",
        "    <encodingDesc>",
        '      <variantEncoding method="parallel-segmentation" location="internal"/>', "    </encodingDesc>", "  </teiHeader>",
        "  <text>", "    <body>", "      <p>", *body, "      </p>", "    </body>", "  </text>", "</TEI>", "",
    ]  # fmt: skip
    return "\n".join(lines)


def _told(witness: Witness) -> str:
    """The witness's name, outlet and date. The date as an attribute would claim a calendar day where there is a range."""
    date = ""
    if witness.published is not None:
        from firstsaid.dates import to_edtf

        date = to_edtf(witness.published)
    return _clean(", ".join(part for part in (witness.id, witness.outlet, date) if part))


def _name(name: str) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", name))


def _clean(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", " ".join(text.split())))


def _segments(collation: Collation) -> list[tuple[int, int, bool]]:
    """Stretches of columns (first, end) in which all agree, or in which not all do."""
    if not collation.n_columns:
        return []
    varies = np.zeros(collation.n_columns, bool)
    varies[collation.variable()] = True
    edges = [0, *(np.flatnonzero(np.diff(varies)) + 1).tolist(), collation.n_columns]
    return [(low, high, bool(varies[low])) for low, high in pairwise(edges)]


def _part(witnesses: Sequence[Witness], collation: Collation, marks: list[str], low: int, high: int, varies: bool) -> list[str]:
    if not varies:
        return [f"        {_words(witnesses, collation, 0, low, high)}"]
    readings: dict[tuple[int, ...], list[int]] = {}
    for witness, version in enumerate(collation.version_of):
        codes = collation.codes[low:high, version]
        readings.setdefault(tuple(codes[codes != GAP].tolist()), []).append(witness)
    lines = ["        <app>"]
    for wording, holders in readings.items():
        wit = " ".join(f"#{marks[holder]}" for holder in holders)
        words = _words(witnesses, collation, holders[0], low, high) if wording else ""
        lines.append(f'          <rdg wit="{wit}">{words}</rdg>' if words else f'          <rdg wit="{wit}"/>')
    return [*lines, "        </app>"]


def _words(witnesses: Sequence[Witness], collation: Collation, witness: int, low: int, high: int) -> str:
    """What one witness has in a stretch of columns, with its own signs between the words and up to the next one."""
    places = collation.places[low:high, collation.version_of[witness]]
    places = places[places != GAP]
    units, text = collation.units[witness], witnesses[witness].text
    end = units.starts[places[-1] + 1] if places[-1] + 1 < len(units.starts) else len(text)
    return _clean(text[units.starts[places[0]] : end])
