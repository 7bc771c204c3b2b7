"""What an edge of a stemma says about dates: never more exact than the dates are."""

import pytest

from firstsaid.dates import from_edtf
from firstsaid.tracing import Witness
from firstsaid.tracing.reasons import dates_told


@pytest.mark.parametrize(
    ("parent", "child", "told"),
    [
        ("2021-06-01", "2021-06-02", "published 1 day later"),
        ("2021-06-01", "2021-06-09", "published 8 days later"),
        ("2021-05", "2021-06-02", "published 2 to 32 days later"),
        ("2021-06-01T23:59Z", "2021-06-02", "published 1 day later"),
        ("2021-06-01T10:00Z", "2021-06-01T10:01Z", "published 1 minute later"),
        ("2021-06-01T10:00Z", "2021-06-01T15:30Z", "published 5 hours later"),
        ("2021-06-01T10:00Z", "2021-06-05T15:30Z", "published 4 days later"),
        ("2021-06-01", "2021-06-01", "the dates tie: which came first is not known"),
        ("2021", "2021-06-01", "the dates tie: which came first is not known"),
        ("2021", None, "without a date on both sides nothing says which came first"),
    ],
)
def test_how_far_apart_two_were_published(parent, child, told):
    first, second = (Witness(name, "words", date and from_edtf(date, "text")) for name, date in (("a", parent), ("b", child)))
    assert dates_told(first, second) == told
