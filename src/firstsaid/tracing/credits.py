"""Whom a document names as where it has its words from."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from firstsaid.text import key
from firstsaid.tracing.witnesses import name_key
from firstsaid.wording import units

BEFORE_CHARS, AFTER_CHARS = 600, 300
"""How far around a passage a credit is looked for: the lead before it and the sentence after it."""
LEAD_CHARS = 300
"""Bylines and datelines stand in the first lines."""
CUE_WORDS = 4
"""A cue and the name it credits stand at most this many words apart ("the paper was told by ...")."""
MAX_OUTLETS = 400
"""In families with more outlets than this only the citations that parsing found count: the look-up is outlets * documents."""
_CUES = """
    according reported reports report reporting said says told quoted citing cited cites via from by published writes wrote agency
    credit courtesy     laut berichtet berichtete meldet meldete zufolge nach sagte schreibt zitiert selon rapporte rapporté
    d'après cité indique a-t-il     según informó informa citado reportó وفقا نقلا عن قال ذكرت بحسب أفادت گزارش نقل گفت نوشت
"""
CUES = frozenset(key(word) for word in _CUES.split())


def citation_credits(citations: pa.Table) -> dict[str, list[tuple[int, str]]]:
    """For each document its citations as (place, credited name or document id)."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row in citations.select(["document_id", "start", "form", "target", "resolved_document_id"]).to_pylist():
        listed = found.setdefault(row["document_id"], [])
        if row["resolved_document_id"]:
            listed.append((row["start"], row["resolved_document_id"]))
        elif row["form"] == "in_text" and row["target"]:
            listed.append((row["start"], row["target"]))
    return found


def outlet_credits(tellings: Sequence[tuple[str, str | None, int, int, str]]) -> list[list[str]]:
    """For each telling (document id, outlet, start, end, document text) the other outlets that it credits near its passage.

    A credit is another witness's outlet by name with a cue within a few words, or in brackets in the lead ("(Harbour News) -").
    """
    outlets: dict[str, str] = {}
    for _, outlet, _, _, _ in tellings:
        if outlet and name_key(outlet):
            outlets.setdefault(name_key(outlet), outlet)
    if len(outlets) < 2 or len(outlets) > MAX_OUTLETS:
        return [[] for _ in tellings]
    return [_credited(text, start, end, name_key(outlet) if outlet else "", outlets) for _, outlet, start, end, text in tellings]


def _credited(text: str, start: int, end: int, own: str, outlets: dict[str, str]) -> list[str]:
    low = max(0, start - BEFORE_CHARS)
    stretches = [(low, min(len(text), end + AFTER_CHARS))]
    if low > 0:
        stretches.insert(0, (0, min(low, LEAD_CHARS)))
    found: list[str] = []
    for low, high in stretches:
        part = text[low:high]
        words = units(part)
        joined = f" {' '.join(words.keys)} "
        for name, outlet in sorted(outlets.items()):
            if name == own or outlet in found:
                continue
            at = joined.find(f" {name} ")
            while at >= 0:
                first = joined.count(" ", 0, at)
                last = first + name.count(" ")
                around = words.keys[max(0, first - CUE_WORDS) : first] + words.keys[last + 1 : last + 1 + CUE_WORDS]
                before, after = part[: words.starts[first]].rstrip()[-1:], part[words.ends[last] :].lstrip()[:1]
                is_dateline = before == "(" and after == ")" and low + words.starts[first] < LEAD_CHARS
                # "the board" is a word, "the Board" may be an outlet; scripts without case have no lower case either.
                is_name = not part[words.starts[first] : words.ends[last]].islower()
                if is_name and (is_dateline or not CUES.isdisjoint(around)):
                    found.append(outlet)
                    break
                at = joined.find(f" {name} ", at + 1)
    return found
