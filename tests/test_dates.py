"""Dates as ranges: EDTF, the formats of the wild, and what must stay unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstsaid.dates import civil_from_days, day, days_from_civil, find_dates, from_edtf, parse_date, to_edtf, to_json
from firstsaid.errors import UsageError
from firstsaid.model import FULL, DateRange

MINUTES = st.integers(-2_000_000_000, 1_000_000_000)


def ends(date: DateRange | None) -> tuple[str, str] | None:
    return None if date is None else (day(date.earliest), day(date.latest))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2019-02", "2019-02-01", "2019-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-03-04", "2019-03-04", "2019-03-04"),
        ("-0043-03-15", "-0043-03-15", "-0043-03-15"),
        ("1850~", "1849-01-01", "1851-12-31"),
        ("2019-03/2019-05-02", "2019-03-01", "2019-05-02"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2019-21", "2019-03-01", "2019-05-31"),
        ("2019-03-04T10:20:00Z", "2019-03-04", "2019-03-04"),
    ],
)
def test_edtf_expressions_are_ranges_of_days(text: str, earliest: str, latest: str) -> None:
    assert ends(from_edtf(text, "column")) == (earliest, latest)


def test_uncertain_dates_keep_their_range_and_lose_confidence() -> None:
    date = from_edtf("2019-03-04?", "column")
    assert ends(date) == ("2019-03-04", "2019-03-04")
    assert date.confidence < FULL


@pytest.mark.parametrize("text", ["hello", "", "2019-13", "2019-02-30", "..", "../..", "2020/2019", "2019/2020/2021", "2019-03-04T25:00"])
def test_what_is_no_edtf_is_refused_with_a_way_out(text: str) -> None:
    with pytest.raises(UsageError):
        from_edtf(text, "column")


def test_a_clock_time_without_a_zone_may_be_any_zones() -> None:
    date = from_edtf("2019-03-04T10:20", "column")
    assert date.latest - date.earliest == 26 * 60
    assert from_edtf("2019-03-04T10:20-05:00", "column").earliest == from_edtf("2019-03-04T15:20Z", "column").earliest


def test_midnight_is_how_programs_write_a_day() -> None:
    assert from_edtf("2019-03-04T00:00:00", "column") == from_edtf("2019-03-04", "column")


@given(MINUTES)
def test_a_moment_survives_edtf(moment: int) -> None:
    date = DateRange(moment, moment, "column")
    assert from_edtf(to_edtf(date), "column") == date or moment % 1440 == 0


@given(MINUTES, st.integers(0, 3_000_000))
def test_edtf_covers_the_range_and_whole_days_come_back_equal(earliest: int, length: int) -> None:
    date = DateRange(earliest, earliest + length + 1, "column")
    again = from_edtf(to_edtf(date), "column")
    assert again.earliest <= date.earliest <= date.latest <= again.latest
    assert from_edtf(to_edtf(again), "column") == again


@given(st.integers(-4_000_000, 3_000_000))
def test_days_and_calendar_are_inverse(days: int) -> None:
    assert days_from_civil(*civil_from_days(days)) == days


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("March 2019", "2019-03-01", "2019-03-31"),
        ("4 March 2019", "2019-03-04", "2019-03-04"),
        ("Friday, January 4, 2019", "2019-01-04", "2019-01-04"),
        ("Sept. 4th, 2019", "2019-09-04", "2019-09-04"),
        ("4. März 2019", "2019-03-04", "2019-03-04"),
        ("1er février 2020", "2020-02-01", "2020-02-01"),
        ("4 de marzo de 2019", "2019-03-04", "2019-03-04"),
        ("4 марта 2019 г.", "2019-03-04", "2019-03-04"),
        ("٤ مارس ٢٠١٩", "2019-03-04", "2019-03-04"),
        ("4 كانون الثاني 2019", "2019-01-04", "2019-01-04"),
        ("۱۵ اسفند ۱۳۹۷", "2019-03-06", "2019-03-06"),
        ("2019年3月4日", "2019-03-04", "2019-03-04"),
        ("4 มีนาคม 2562", "2019-03-04", "2019-03-04"),
        ("03/04/2019", "2019-03-04", "2019-04-03"),
        ("25/04/2019", "2019-04-25", "2019-04-25"),
        ("04.03.2019", "2019-03-04", "2019-03-04"),
        ("20190304", "2019-03-04", "2019-03-04"),
        ("Mon, 04 Mar 2019 22:20:00 -0500", "2019-03-05", "2019-03-05"),
        ("March 4, 2019 at 10:30 am EST", "2019-03-04", "2019-03-04"),
        ("1551700000", "2019-03-04", "2019-03-04"),
        ("../2019", "-9999-01-01", "2019-12-31"),
    ],
)
def test_dates_of_the_wild(text: str, earliest: str, latest: str) -> None:
    assert ends(parse_date(text, "column")) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "12 March", "3 days ago", "hello 2019", "31.02.2019", "2004-11-31", "Photo 1234 5678", "1 2 3 2019",
     "The 4 March 2019 meeting was held in Rome", "4 March 2019 and 5 March 2019", "March", "10:30", "x" * 5000],
)  # fmt: skip
def test_what_leaves_out_the_year_or_is_a_sentence_is_no_date(text: str) -> None:
    assert parse_date(text, "column") is None


def test_a_known_language_settles_a_month_that_two_languages_share() -> None:
    assert ends(parse_date("11 listopada 2019", "text", ["pl"])) == ("2019-11-11", "2019-11-11")
    assert ends(parse_date("11 listopada 2019", "text")) == ("2019-10-11", "2019-11-11")


def test_dates_in_a_line_know_their_place() -> None:
    line = "Posted on 4 March 2019 at 10:30 UTC by Ada, changed 2019-03-06"
    first, second = find_dates(line, "text")
    assert line[first.start : first.end] == "4 March 2019 at 10:30 UTC"
    assert first.date.earliest == first.date.latest
    assert line[second.start : second.end] == "2019-03-06"


def test_json_has_whole_days_and_the_basis() -> None:
    assert to_json(from_edtf("2019-03-04T10:20Z", "meta")) == {"earliest": "2019-03-04", "latest": "2019-03-04", "basis": "meta"}


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    parse_date(text, "column")


@pytest.mark.parametrize("character", ["1", " ", "a", ".", "年", "/"])
def test_hostile_repetition_is_quick(character: str) -> None:
    assert list(find_dates(character * 200_000, "text")) == []
