"""When words appear, how often, and when in bursts."""

from hypothesis import given
from hypothesis import strategies as st

from firstsaid.corpus.through_time import Period, bursts, through_time, time_lines, time_row
from firstsaid.model import DateRange

DAY = 1440


def on(day, outlet="Harbour News", length=1):
    return DateRange(day * DAY, (day + length) * DAY - 1, "column"), outlet


def test_periods_run_from_the_first_to_the_last_with_the_empty_ones():
    story = through_time([on(0), on(2, "Quay Post"), on(2)], [0, 0, 2 * DAY, 2 * DAY, 2 * DAY])
    assert [(p.name, p.n_documents, p.n_outlets, p.n_all) for p in story.periods] == [
        ("1970-01-01", 1, 1, 2),
        ("1970-01-02", 0, 0, 0),
        ("1970-01-03", 2, 2, 3),
    ]


def test_long_spans_are_told_by_month_and_by_year():
    assert through_time([on(0), on(200)], [0, 200 * DAY]).unit == "month"
    story = through_time([on(0), on(9_000)], [0, 9_000 * DAY])
    assert story.unit == "year"
    assert story.periods[0].name == "1970"


def test_a_date_wider_than_a_period_is_in_none():
    story = through_time([on(0), on(5), on(3, length=40), (None, "Quay Post")], [0, 3 * DAY, 5 * DAY])
    assert story.n_undated == 2
    assert sum(period.n_documents for period in story.periods) == 2


def test_nothing_dated_is_no_story():
    story = through_time([(None, None)], [])
    assert story.periods == ()
    assert list(time_lines(story)) == []


def periods(*counts, n_all=50):
    return [Period(f"p{number}", count, min(count, 3), n_all) for number, count in enumerate(counts)]


def test_a_month_that_stands_out_is_a_burst():
    (burst,) = bursts(periods(1, 0, 1, 12, 14, 1, 0, 1, 0, 1, 0, 1))
    assert (burst.first, burst.last, burst.n_documents) == ("p3", "p4", 26)


def test_a_month_with_more_of_everything_is_none():
    busy = [Period("p3", 12, 3, 600) if period.name == "p3" else period for period in periods(1, 1, 1, 1, 1, 1, 1, 1)]
    assert bursts(busy) == ()


def test_even_use_is_no_burst():
    assert bursts(periods(3, 4, 3, 2, 4, 3, 3, 4)) == ()


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 60)), max_size=30))
def test_bursts_lie_inside_and_hold_what_they_say(counts):
    listed = [Period(f"{number:02}", held, 0, held + more) for number, (held, more) in enumerate(counts)]
    for burst in bursts(listed):
        inside = [period for period in listed if burst.first <= period.name <= burst.last]
        assert sum(period.n_documents for period in inside) == burst.n_documents


def test_the_innocent_explanations_are_named():
    tellings = [on(0), on(20), *[on(40, f"Paper {number}") for number in range(9)]]
    story = through_time(tellings, sorted([day * DAY for day in range(60)] + [40 * DAY] * 8))
    lines = list(time_lines(story))
    assert any("press release" in line for line in lines)
    assert time_row(story)["bursts"] == [{"first": "1970-02-10", "last": "1970-02-10", "documents": 9}]
