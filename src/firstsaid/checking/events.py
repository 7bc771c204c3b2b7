"""Which documents may tell of one event: they share rare names and words, or a passage, and lie days apart at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firstsaid.checking.case import Case, days_apart
from firstsaid.checking.lexicon import GLUE, WEEKDAYS_AND_MONTHS
from firstsaid.checking.tokens import keys_of
from firstsaid.model import MINUTES_PER_DAY

MAX_DAYS = 3
"""Reports of one event come within days; later figures are later counts."""

MAX_FAMILY_DAYS = 30
"""Where a shared passage shows that one sentence is meant, a report may come weeks later; the sentences must then be nearly equal."""

MAX_POSTINGS = 40
"""Names and words of more documents than this say nothing about which event is meant; it also bounds the cost."""

MIN_SHARED = 3
"""Rare names or words that two documents must share to speak of one event, where no family joins them."""

OPENING_CHARS = 600

I64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Events:
    """Pairs of documents by what they share. `place`: of each document in the order of dates; `n_shared`: rare keys, by pair of places."""

    case: Case
    place: dict[str, int]
    n_shared: dict[tuple[int, int], int]
    near: dict[int, list[int]]
    families: dict[str, frozenset[str]]

    @staticmethod
    def of(case: Case, document_ids: Iterable[str]) -> Events:
        """Cost: linear in the names and opening words of the documents times `MAX_POSTINGS`."""
        ordered = case.in_order(document_ids)
        codes, counts = _shared_keys(case, ordered)
        n_shared = {divmod(code, len(ordered)): count for code, count in zip(codes.tolist(), counts.tolist(), strict=True)}
        near: dict[int, list[int]] = defaultdict(list)
        for (left, right), count in n_shared.items():
            if count >= MIN_SHARED:
                near[left].append(right)
        place = {document_id: at for at, document_id in enumerate(ordered)}
        return Events(case, place, n_shared, dict(near), _families_of(case))

    def among(self, document_ids: Iterable[str]) -> dict[tuple[str, str], int]:
        """Pairs of these documents (the earlier first) with how many rare keys they share; a shared family counts as `MIN_SHARED`."""
        id_at = {self.place[one]: one for one in document_ids}
        places = sorted(id_at)
        n_families = self._n_shared_families([id_at[at] for at in places])
        pairs = {(left, right) for left in places for right in self.near.get(left, ()) if right in id_at} | n_families.keys()
        named = {(id_at[left], id_at[right]): (left, right) for left, right in pairs}
        return {
            (left, right): self.n_shared.get(pair, 0) + MIN_SHARED * n_families.get(pair, 0)
            for (left, right), pair in named.items()
            if pair in n_families or not self.case.headings[left].holds(self.case.headings[right])
        }

    def _n_shared_families(self, ordered: list[str]) -> dict[tuple[int, int], int]:
        members_of: dict[str, list[str]] = defaultdict(list)
        for document_id in ordered:
            for family_id in self.families.get(document_id, ()):
                members_of[family_id].append(document_id)
        found: dict[tuple[int, int], int] = defaultdict(int)
        for members in members_of.values():
            if not 1 < len(members) <= MAX_POSTINGS:
                continue
            for at, left_id in enumerate(members):
                for right_id in members[at + 1 :]:
                    left, right = self.case.headings[left_id], self.case.headings[right_id]
                    reach = MAX_FAMILY_DAYS * MINUTES_PER_DAY
                    if left.latest is not None and right.earliest is not None and right.earliest - left.latest > reach:
                        break
                    if days_apart(left, right) is not None and not left.holds(right):
                        found[self.place[left_id], self.place[right_id]] += 1
        return found


def _shared_keys(case: Case, ordered: list[str]) -> tuple[I64, I64]:
    """Pairs of dated documents at most `MAX_DAYS` apart, as left * n + right, with how many rare keys both have."""
    number_of: dict[str, int] = {}
    keys = [[number_of.setdefault(key, len(number_of)) for key in _event_keys(case, one)] for one in ordered]
    owners = np.repeat(np.arange(len(ordered)), [len(one) for one in keys])
    numbers = np.array([number for one in keys for number in one], np.int64)
    counts = np.bincount(numbers, minlength=len(number_of))
    order = np.argsort(numbers, kind="stable")
    order = order[(counts[numbers[order]] > 1) & (counts[numbers[order]] <= MAX_POSTINGS)]
    numbers, owners = numbers[order], owners[order]
    headings = [case.headings[one] for one in ordered]
    is_dated = np.array([heading.earliest is not None and heading.latest is not None for heading in headings], bool)
    earliest = np.array([heading.earliest or 0 for heading in headings], np.int64)
    latest = np.array([heading.latest or 0 for heading in headings], np.int64)
    found = [np.zeros(0, np.int64)]
    for step in range(1, MAX_POSTINGS):
        # Each document of a key with the one `step` after it: those that both are of the key are next to each other at last.
        left, right = owners[:-step], owners[step:]
        fits = (numbers[:-step] == numbers[step:]) & is_dated[left] & is_dated[right]
        fits &= earliest[right] - latest[left] <= MAX_DAYS * MINUTES_PER_DAY
        found.append(left[fits] * len(ordered) + right[fits])
    codes, n_shared = np.unique(np.concatenate(found), return_counts=True)
    return codes, n_shared


def _event_keys(case: Case, document_id: str) -> set[str]:
    """What a document is about: the names in it and the content words of its title and opening."""
    opening = f"{case.headings[document_id].title or ''} {case.text(document_id)[:OPENING_CHARS]}"
    words = {key for key in keys_of(opening) if len(key) > 3 and key not in GLUE and key not in WEEKDAYS_AND_MONTHS}
    return words.union(f"#{name_id}" for name_id in case.name_ids.get(document_id, ()))


def _families_of(case: Case) -> dict[str, frozenset[str]]:
    table = case.tables.get("passage")
    found: dict[str, set[str]] = defaultdict(set)
    if table is not None:
        for document_id, family_id in zip(table["document_id"].to_pylist(), table["family_id"].to_pylist(), strict=True):
            found[document_id].add(family_id)
    return {document_id: frozenset(ids) for document_id, ids in found.items()}
