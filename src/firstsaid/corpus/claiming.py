"""What could be checked in a corpus: its claims in the order in which to look at them, each with the places where it is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from firstsaid.model import Claim, ClaimPair, ClaimTelling
from firstsaid.store import read


@dataclass(frozen=True, slots=True)
class ToldClaim:
    """One claim with all that was found of it, the earliest place first.

    `worth`, `reasons`: of its wording that is worth most. `tellings`: the places, where several documents make it. `possibly`: pairs of one
    of these places with another that may say the same, or would but for what `differs` names.
    """

    claim: Claim
    worth: int
    reasons: tuple[str, ...]
    tellings: tuple[ClaimTelling, ...]
    possibly: tuple[ClaimPair, ...]

    @property
    def n_documents(self) -> int:
        """In how many documents it stands."""
        return len({one.document_id for one in self.tellings}) or 1

    @property
    def n_tellings(self) -> int:
        """How often it was told: copies of one another count once."""
        return len({one.telling_id for one in self.tellings}) or 1


def told_claims(connection: sqlite3.Connection) -> Iterator[ToldClaim]:
    """Every claim of the corpus, the first to check first; what several documents tell is one claim, where its best wording stands."""
    groups: dict[str, list[ClaimTelling]] = {}
    group_of: dict[str, str] = {}
    for telling in read.derived(connection, ClaimTelling, "claim_telling", "ORDER BY rowid"):
        groups.setdefault(telling.group_id, []).append(telling)
        group_of[telling.claim_id] = telling.group_id
    heads = {group: min(tellings, key=lambda one: one.reason != "the earliest here").claim_id for group, tellings in groups.items()}
    seen: set[str] = set()
    for claim in read.derived(connection, Claim, "claim", "ORDER BY worth DESC, document_id, start"):
        group = group_of.get(claim.id)
        if group is None:
            yield ToldClaim(claim, claim.worth, claim.reasons, (), _possibly(connection, (claim.id,)))
        elif group not in seen:
            seen.add(group)
            (head,) = read.derived(connection, Claim, "claim", "WHERE id = ?", (heads[group],))
            tellings = tuple(sorted(groups[group], key=lambda one: one.claim_id != head.id))
            yield ToldClaim(head, claim.worth, claim.reasons, tellings, _possibly(connection, tuple(one.claim_id for one in tellings)))


def _possibly(connection: sqlite3.Connection, claim_ids: tuple[str, ...]) -> tuple[ClaimPair, ...]:
    found: dict[tuple[str, str], ClaimPair] = {}
    inside = set(claim_ids)
    for claim_id in claim_ids:
        where = "WHERE band = 'possibly' AND (left_id = ? OR right_id = ?)"
        for pair in read.derived(connection, ClaimPair, "claim_pair", where, (claim_id, claim_id)):
            if not (pair.left_id in inside and pair.right_id in inside):
                found[pair.left_id, pair.right_id] = pair
    return tuple(sorted(found.values(), key=lambda pair: (-pair.score, pair.left_id, pair.right_id)))
