"""One person or body under its spellings, over a whole corpus; every joining has a reason that a reader can check."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa
from rapidfuzz.distance import OSA

from firstsaid.columns import from_table, to_table
from firstsaid.model import Mention, Name
from firstsaid.parsing.mentions import sorted_key
from firstsaid.parsing.names import A_BODY, BODY_WORDS, TITLES, may_be_person

MIN_SPELLING_LENGTH = 6  # shorter words differ by one letter and mean somebody else (Brown, Braun, Crown)
MIN_COMPANY = 2  # names that must stand beside both spellings: one shared name is any capital city


def named_mentions(mentions: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """The mentions with names joined across texts: an acronym that only one body has, a spelling one letter off in the same company.

    Two full names that differ by more than a slip of spelling are never joined. Result in the order of the rows given.
    """
    rows = from_table(Mention, mentions)
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    documents: dict[str, set[str]] = defaultdict(set)
    in_document: dict[str, set[str]] = defaultdict(set)
    acronyms: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        spelled[row.name_id][row.surface] += 1
        documents[row.name_id].add(row.document_id)
        in_document[row.document_id].add(row.name_id)
        if "stands in brackets after" in row.reason:
            acronyms[row.surface].add(row.name_id)
    joined: dict[str, tuple[str, str, int]] = {}
    canonical = {name_id: _canonical(surfaces) for name_id, surfaces in spelled.items()}
    for name_id in sorted(spelled):
        bodies = acronyms.get(canonical[name_id], set()) - {name_id}
        if len(bodies) == 1:
            body = next(iter(bodies))
            joined[name_id] = (body, f"“{canonical[name_id]}” stands for “{canonical[body]}” in other texts, and for nothing else", 7500)
    joined.update(_by_spelling(canonical, documents, in_document, spelled, joined))
    settled: list[Mention] = []
    for row in rows:
        target = joined.get(row.name_id)
        settled.append(replace(row, name_id=target[0], reason=target[1], confidence=min(row.confidence, target[2])) if target else row)
    return to_table(Mention, settled)


def _canonical(surfaces: Counter[str]) -> str:
    """The longest spelling; of equally long ones the commonest, then the first by alphabet."""
    return min(surfaces, key=lambda surface: (-len(surface.split()), -surfaces[surface], surface))


def _by_spelling(
    canonical: dict[str, str],
    documents: dict[str, set[str]],
    in_document: dict[str, set[str]],
    spelled: dict[str, Counter[str]],
    joined: dict[str, tuple[str, str, int]],
) -> dict[str, tuple[str, str, int]]:
    """The rarer of two spellings of a full name that differ by one letter and stand beside the same other names.

    Candidates share all words but one, so that only few are compared.
    """
    blocks: dict[tuple[int, tuple[str, ...]], list[str]] = defaultdict(list)
    for name_id in sorted(canonical):
        words = sorted_key(canonical[name_id])
        if len(words) < 2 or name_id in joined or canonical[name_id].islower():
            continue
        for left_out in range(len(words)):
            blocks[(left_out, words[:left_out] + words[left_out + 1 :])].append(name_id)
    found: dict[str, tuple[str, str, int]] = {}
    for (left_out, _), members in sorted(blocks.items()):
        if not 1 < len(members) <= 50:  # more are a common given name, not spellings
            continue
        for at, left in enumerate(members):
            for right in members[at + 1 :]:
                one, other = sorted_key(canonical[left])[left_out], sorted_key(canonical[right])[left_out]
                if min(len(one), len(other)) < MIN_SPELLING_LENGTH or OSA.distance(one, other, score_cutoff=1) > 1:
                    continue
                if documents[left] & documents[right]:
                    continue  # a text that has both means two
                beside_left = set().union(*(in_document[document] for document in sorted(documents[left])))
                beside_right = set().union(*(in_document[document] for document in sorted(documents[right])))
                company = (beside_left & beside_right) - {left, right}
                if len(company) < MIN_COMPANY:
                    continue
                rare, common = sorted((left, right), key=lambda name_id: (sum(spelled[name_id].values()), canonical[name_id]))
                if rare in found or common in found:
                    continue
                names = ", ".join(sorted(canonical[name_id] for name_id in company)[:2])
                reason = f"“{canonical[rare]}” differs from “{canonical[common]}” by one letter and stands beside the same names ({names})"
                found[rare] = (common, reason, 6500)
    return found


def joined_names(mentions: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """One row per name over its mentions: canonical spelling, kind, all spellings, counts; by name id."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    documents: dict[str, set[str]] = defaultdict(set)
    unnamed: set[str] = set()
    surnamed: set[str] = set()
    bodies: set[str] = set()
    for row in from_table(Mention, mentions):
        spelled[row.name_id][row.surface] += 1
        documents[row.name_id].add(row.document_id)
        if row.reason == "a speaker who is not named":
            unnamed.add(row.name_id)
        if row.reason == A_BODY:
            bodies.add(row.name_id)
        elif "is the last word of" in row.reason and "the only full name" in row.reason:
            surnamed.add(row.name_id)
    names = []
    for name_id in sorted(spelled):
        canonical = _canonical(spelled[name_id])
        kind = _kind(canonical)
        kind = "unnamed" if name_id in unnamed else "body" if name_id in bodies else "person" if name_id in surnamed else kind
        names.append(
            Name(name_id, canonical, kind, tuple(sorted(spelled[name_id])), sum(spelled[name_id].values()), len(documents[name_id]))
        )  # fmt: skip
    return to_table(Name, names)


def _kind(canonical: str) -> str:
    words = [word.lower() for word in canonical.split()]
    if any(word in BODY_WORDS for word in words) or (len(words) == 1 and canonical.isupper() and len(canonical) > 1):
        return "body"
    if words[0] in TITLES and len(words) > 1 and may_be_person(canonical):
        return "person"
    return "unknown"
