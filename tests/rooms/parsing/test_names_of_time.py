import pytest

from firstsaid.model import DateRange
from firstsaid.parsing import annotate

ON_A_FRIDAY = DateRange(27_000_000, 27_000_000, "stated")


@pytest.mark.parametrize("name", ["Sunday Express", "Evening Post", "Monday Mirror", "Boston Post", "Sterling Bell", "Weekly Moor"])
@pytest.mark.parametrize("text", ["The {} said that 40 wells ran dry. It rained.", "{} said that 40 wells ran dry. It rained."])
def test_a_name_may_begin_with_a_word_of_time(text: str, name: str) -> None:
    said = annotate(text.format(name), language="en", published=ON_A_FRIDAY)
    assert [item.speaker_name for item in said.quotations] == [name]
    assert [item.as_of_earliest for item in said.figures] == [None]
    assert name in [item.surface for item in said.mentions]


@pytest.mark.parametrize("text", ["On Sunday Ann Poe said that 40 wells ran dry.", "Ann Poe said Sunday that 40 wells ran dry."])
def test_a_day_before_a_name_is_a_day(text: str) -> None:
    said = annotate(text, language="en", published=ON_A_FRIDAY)
    assert [item.speaker_name for item in said.quotations] == ["Ann Poe"]
    assert [item.as_of_earliest is None for item in said.figures] == [False]


@pytest.mark.parametrize("name", ["Tarrow Herald", "Tarrow Beacon"])
def test_what_states_something_with_an_article_is_no_person(name: str) -> None:
    text = f"The {name} said that it rained. “We were there,” she said. The {name.split()[1]} wrote that it snowed."
    said = annotate(text, language="en")
    assert [item.speaker_name for item in said.quotations] == [name, "she", name]


@pytest.mark.parametrize("name", ["Edda Marrin", "June Marrin", "Edda May", "April Poe", "Harbour Week", "World Today"])
@pytest.mark.parametrize(
    "text", ["“The wells ran dry in the valley,” said {}, who was there.", "“The wells ran dry in the valley,” {} said."]
)
def test_a_month_or_a_week_may_be_part_of_a_name(text: str, name: str) -> None:
    assert [item.speaker_name for item in annotate(text.format(name), language="en").quotations] == [name]
