"""Pairs of documents of one event against a slow, obvious way of finding them."""

from itertools import combinations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from firstsaid.checking.case import Case, days_apart
from firstsaid.checking.events import MAX_DAYS, MAX_FAMILY_DAYS, MIN_SHARED, Events

DAY = 24 * 60
WORDS = ["harbour", "bridge", "ferry", "mayor", "tower", "market"]
documents = st.lists(
    st.tuples(st.lists(st.sampled_from(WORDS), max_size=6), st.one_of(st.none(), st.integers(0, 50)), st.sets(st.sampled_from("fgh"))),
    min_size=1,
    max_size=8,
)


def case_of(listed):
    ids = [f"d{at}" for at in range(len(listed))]
    moments = pa.array([None if day is None else day * DAY for _, day, _ in listed], pa.int64())
    table = pa.table(
        {
            "document_id": ids, "location": ids, "title": [None] * len(ids), "text": [" ".join(words) for words, _, _ in listed],
            "published_earliest": moments, "published_latest": moments,
        }
    )  # fmt: skip
    passages = [(one, family) for one, (_, _, families) in zip(ids, listed, strict=True) for family in sorted(families)]
    passage = pa.table({"document_id": [one for one, _ in passages], "family_id": [family for _, family in passages]})
    return Case(table, {"passage": passage}), dict(zip(ids, listed, strict=True))


@given(documents)
def test_documents_of_one_event_share_rare_words_or_a_passage_within_days(listed):
    case, held = case_of(listed)
    expected = {}
    for left, right in combinations(case.in_order(held), 2):
        apart = days_apart(case.headings[left], case.headings[right])
        if apart is None:
            continue
        n_words = len(set(held[left][0]) & set(held[right][0])) if apart <= MAX_DAYS else 0
        n_families = len(held[left][2] & held[right][2]) if apart <= MAX_FAMILY_DAYS else 0
        if n_words >= MIN_SHARED or n_families:
            expected[left, right] = n_words + MIN_SHARED * n_families
    assert Events.of(case, held).among(held) == expected
