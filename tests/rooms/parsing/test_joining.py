import pyarrow as pa

from firstsaid.columns import from_table, to_table, unnested
from firstsaid.model import Name, Ruling, Spelling
from firstsaid.parsing import name_rows, said_rows, spelling_rows


def documents(*texts):
    return pa.table({"document_id": [f"d{at}" for at in range(len(texts))], "text": list(texts), "language": ["en"] * len(texts)})


def joined(*texts, rulings=()):
    mentions = unnested(said_rows(documents(*texts)), "mention")
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
    parts = pa.concat_tables([said_rows(whole.slice(0, 1)), said_rows(whole.slice(1, 1))])
    assert said_rows(whole).equals(parts)


def test_no_mentions_give_no_names():
    assert joined() == ([], [])


COMPANY = "With Tom Hale and Bea Orr of Norton."


def test_names_that_sound_alike_in_the_same_company_are_one_and_say_why():
    spellings, names = joined(f"We met Mohammed Karim. {COMPANY}", f"We met Muhammad Karim. {COMPANY}")
    (karim,) = [name for name in names if "Karim" in name.canonical]
    assert karim.spellings == ("Mohammed Karim", "Muhammad Karim")
    assert [one.reason for one in spellings if "sounds like" in one.reason] == [
        "“Muhammad Karim” sounds like “Mohammed Karim” and stands beside the same names (Bea Orr, Norton)"
    ]


def test_names_that_sound_alike_among_strangers_stay_two():
    assert len([n for n in names_of("We met Nikolai Petrov.", "We met Nikolay Petrov.") if "Petrov" in n]) == 2


def test_a_letter_more_at_the_end_is_another_name():
    found = names_of(f"We met Anna Petrov. {COMPANY}", f"We met Anna Petrova. {COMPANY}")
    assert {"Anna Petrov", "Anna Petrova"} <= set(found)


def test_a_person_is_never_joined_with_a_body():
    found = names_of("The Harlow Company said no. Then Harlow Company left.", "Mr Harlow said no. Tom Harlow met us. Harlow left.")
    assert found["Harlow Company"].kind == "body"
    assert not any({"Tom Harlow", "Harlow Company"} <= set(name.spellings) for name in found.values())


def test_a_middle_initial_is_left_out_only_where_no_text_has_another():
    assert "Ann Poe" not in names_of("We met Ann B. Poe.", "We met Ann Poe.")
    assert "Ann Poe" in names_of("We met Ann B. Poe.", "We met Ann C. Poe.", "We met Ann Poe.")


def test_a_surname_alone_is_whom_nearly_all_texts_name_in_full():
    full = "The mayor, Edda Quill, spoke. Quill smiled."
    spellings, names = joined(*(f"{full} Text {at}." for at in range(4)), "Nobody told Quill of it. We saw Quill.")
    assert [name.n_documents for name in names if name.canonical == "Edda Quill"] == [5]
    assert any("of 4 texts that give a full name with it, 4 give “Edda Quill”" in one.reason for one in spellings)


def test_two_people_with_one_surname_are_kept_apart_and_it_is_said():
    spellings, _ = joined("We met Ann Poe and Tom Poe. Then Poe left.")
    assert "kept apart: several names in this text end in “Poe” (Ann Poe, Tom Poe)" in [one.reason for one in spellings]


def test_a_split_outlives_what_the_texts_suggest():
    text = "The mayor, Edda Quill, spoke. Quill smiled."
    assert set(names_of(text)) == {"Edda Quill"}
    ruling = Ruling("Quill", "Edda Quill", "split", "the ship")
    spellings, names = joined(text, rulings=[ruling])
    assert {name.canonical for name in names} == {"Edda Quill", "Quill"}
    assert [(one.reason, one.is_decided) for one in spellings if one.surface == "Quill"] == [
        ("you split “Quill” from “Edda Quill”: the ship", True)
    ]


def test_a_join_by_the_user_needs_no_likeness_and_the_last_word_counts():
    texts = ("We met Ann Poe there.", "We met Lady Harrow and Edda Harrow there.")
    rulings = [Ruling("Edda Harrow", "Ann Poe", "joined", "a pen name")]
    assert names_of(*texts, rulings=rulings)["Ann Poe"].spellings == ("Ann Poe", "Edda Harrow", "Harrow")
    assert "Edda Harrow" in names_of(*texts, rulings=[*rulings, Ruling("Ann Poe", "Edda Harrow", "split", "")])


def test_a_split_also_keeps_apart_what_others_would_join():
    pair = (f"We met Nikolai Petrov. {COMPANY}", f"We met Nikolay Petrov. {COMPANY}")
    split = Ruling("Nikolai Petrov", "Nikolay Petrov", "split", "brothers")
    assert len([n for n in names_of(*pair, rulings=[split]) if "Petrov" in n]) == 2


def test_many_names_and_many_mentions_cost_what_they_are():
    many = " ".join(f"We met Ada{chr(97 + at % 26)}{at} Poe{at}." for at in range(2_000))
    assert len(names_of(many, many)) >= 1_990
    one = "We met Ann Poe. " * 20_000
    assert names_of(one)["Ann Poe"].n_mentions == 20_000


def test_a_name_of_ten_thousand_words_is_cut_into_names():
    assert all(len(name.split()) <= 9 for name in names_of("We met " + "Ann Poe " * 5_000 + "there."))
