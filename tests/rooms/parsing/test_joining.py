import pyarrow as pa

from firstsaid.columns import from_table, to_table
from firstsaid.model import Name, Ruling, Spelling
from firstsaid.parsing import mention_rows, name_rows, quotation_rows, spelling_rows


def documents(*texts):
    return pa.table({"document_id": [f"d{at}" for at in range(len(texts))], "text": list(texts), "language": ["en"] * len(texts)})


def joined(*texts, rulings=()):
    mentions = mention_rows(documents(*texts))
    spellings = spelling_rows(mentions, {"ruling": to_table(Ruling, rulings)})
    return from_table(Spelling, spellings), from_table(Name, name_rows(mentions, {"spelling": spellings}))


def names_of(*texts, rulings=()):
    return {name.canonical: name for name in joined(*texts, rulings=rulings)[1]}


def test_an_acronym_defined_elsewhere_is_joined_with_a_reason():
    spellings, names = joined("The Northern Relief Agency (NRA) sent boats.", "Nobody thanked the NRA for it.")
    assert [(name.canonical, name.kind) for name in names] == [("Northern Relief Agency", "body")]
    (alone,) = [one for one in spellings if one.in_full == "NRA"]
    assert "stands for “Northern Relief Agency”" in alone.reason


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
    assert joined() == ([], [])
