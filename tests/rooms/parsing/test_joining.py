import pyarrow as pa

from firstsaid.columns import from_table, to_table
from firstsaid.model import Mention, Name
from firstsaid.parsing import joined_names, mention_rows, named_mentions, quotation_rows


def documents(*texts):
    return pa.table({"document_id": [f"d{at}" for at in range(len(texts))], "text": list(texts), "language": ["en"] * len(texts)})


def names_of(*texts):
    mentions = named_mentions(mention_rows(documents(*texts)), {})
    return {name.canonical: name for name in from_table(Name, joined_names(mentions, {}))}


def test_an_acronym_defined_elsewhere_is_joined_with_a_reason():
    table = mention_rows(documents("The Northern Relief Agency (NRA) sent boats.", "Nobody thanked the NRA for it."))
    rows = from_table(Mention, named_mentions(table, {}))
    assert len({row.name_id for row in rows}) == 1
    assert "stands for" in rows[-1].reason


def test_two_full_names_with_one_surname_stay_two():
    assert {"Ann Poe", "Tom Poe"} <= set(names_of("We met Ann Poe and Tom Poe there.", "We met Tom Poe."))


def test_a_slip_of_spelling_is_joined_only_in_the_same_company():
    company = "With Tom Hale and Bea Orr of Norton."
    assert len([n for n in names_of(f"We saw Anna Karlsen. {company}", f"We saw Anna Karlson. {company}") if n.startswith("Anna")]) == 1
    assert len([n for n in names_of("We saw Anna Karlsen.", "We saw Anna Karlson.") if n.startswith("Anna")]) == 2


def test_unnamed_speakers_are_listed_as_unnamed():
    assert names_of("Officials said that nobody was hurt.")["Officials"].kind == "unnamed"


def test_rows_do_not_depend_on_the_batch():
    whole = documents("“Yes,” said Ann Poe.", "“No,” said Tom Roe.")
    parts = pa.concat_tables([quotation_rows(whole.slice(0, 1)), quotation_rows(whole.slice(1, 1))])
    assert quotation_rows(whole).equals(parts)


def test_no_mentions_give_no_names():
    assert joined_names(named_mentions(to_table(Mention, []), {}), {}).num_rows == 0
