"""What a word is, in every script, and how a view of a text finds its way back to the text."""

from __future__ import annotations

import pytest

from firstsaid.text import TABLE_SIZE, code_points, key, sanitize, shortened, typography, word_bounds, words


def cut(text: str) -> list[str]:
    """The words of the text as they stand in it."""
    starts, ends = word_bounds(text)
    return [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The quay, 40 m long.", ["the", "quay", "40", "m", "long"]),
        ("Η προκυμαία άνοιξε", ["η", "προκυμαια", "ανοιξε"]),
        ("Ёлка стоит здесь", ["елка", "стоит", "здесь"]),
        ("הַדֶּרֶךְ נסגרה", ["הדרך", "נסגרה"]),
        ("أُغلِقَ الطريقُ", ["اغلق", "الطريق"]),
        ("सड़क बंद है", ["सड़क", "बंद", "है"]),
        ("길이 닫혔다", ["길이", "닫혔다"]),
        ("道路は閉鎖", ["道", "路", "は", "閉", "鎖"]),
        ("ถนนปิด", ["ถ", "น", "น", "ปิ", "ด"]),
        ("შუქი ჩაქრა", ["შუქი", "ჩაქრა"]),
        ("ճանապարհը փակ է", ["ճանապարհը", "փակ", "է"]),
        ("መንገዱ ተዘጋ", ["መንገዱ", "ተዘጋ"]),
    ],
    ids=[
        "Latin",
        "Greek",
        "Cyrillic",
        "Hebrew",
        "Arabic",
        "Devanagari",
        "Hangul",
        "Han and kana",
        "Thai",
        "Georgian",
        "Armenian",
        "Ethiopic",
    ],
)
def test_words_in_every_script(text: str, expected: list[str]) -> None:
    found = words(text)
    assert [key(one) for one in expected] == list(found.keys)
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("STRASSE", "Straße"),
        ("École", "ecole"),
        ("ﬁne", "fine"),
        ("ＡＢＣ１２", "abc12"),
        ("ΟΔΟΣ", "οδός"),
        ("ёж", "ЕЖ"),
        ("كتــاب", "کتاب"),
        ("أحمد", "احمد"),
        ("don’t", "dont"),
        ("Zu\u00adkunft", "Zukunft"),
        ("e\u0301t\u00e9", "été"),
        ("ｶﾒﾗ", "カメラ"),
        ("ﾎﾞｰﾄ", "ボート"),
        ("각하", "\u1100\u1161\u11a8\u1112\u1161"),
        ("น้ำ", "น\u0e4d\u0e49า"),
        ("ເທົ່ານຳ", "ເທົ່ານ\u0ecdາ"),
        ("கொடி", "கெ\u0bbeடி"),
        ("क़लम", "क\u093cलम"),
        ("Łódź", "lodz"),
        ("Sørbråten", "sorbraten"),
        ("IŞIĞI", "ışığı"),
        ("İzmir", "izmir"),
        ("Œuvre", "oeuvre"),
        ("Þór", "thor"),
        ("رحمٰن", "رحمن"),
        ("ہوا", "هوا"),
        ("coun\u200bcil", "council"),
        ("fe\ufeffrry", "ferry"),
        ("fer\u00ad\u200bry", "ferry"),
        ("mill\u2060er\u200es", "millers"),
        ("☺\ufe0fa"[1:], "a"),
    ],
)
def test_spellings_that_have_one_key(left: str, right: str) -> None:
    assert key(left) == key(right) != ""


@pytest.mark.parametrize(("left", "right"), [("not", "now"), ("40", "45"), ("דרך", "דרכ"), ("は", "ば"), ("सड़क", "सड़के")])
def test_words_that_keep_their_own_keys(left: str, right: str) -> None:
    assert key(left) != key(right)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't", ["don't"]),
        ("l’eau", ["l’eau"]),
        ("'quoted'", ["quoted"]),
        ("rock 'n' roll", ["rock", "n", "roll"]),
        ("the boys' boats", ["the", "boys", "boats"]),
        ("it''s", ["it", "s"]),
        ("'", []),
        ("می\u200cرود", ["می\u200cرود"]),
        ("می\u200c\u200cرود", ["می\u200c\u200cرود"]),
        ("\u200fמים\u200f, \u202bאור\u202c", ["מים", "אור"]),
        ("道\u200b路", ["道", "路"]),
        ("道'a", ["道", "a"]),
        ("នៅ\u200bយ", ["នៅ", "យ"]),
        ("क्\u200dष", ["क्\u200dष"]),
    ],
)
def test_an_apostrophe_belongs_to_a_word_only_between_its_letters(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("har-\nbour", ["harbour"]),
        ("har- \r\n  bour", ["harbour"]),
        ("har\u2010\nbour", ["harbour"]),
        ("Anne-\nMarie", ["anne", "marie"]),  # a capital: two words that a line break parted
        ("well-known", ["well", "known"]),
        ("1939-\n1945", ["1939", "1945"]),
        ("har-\n\nbour", ["har", "bour"]),
        ("ha-\nr-\nbour", ["harbour"]),
        ("पुस्त-\nकालय", ["पुस्तकालय"]),  # no case: nothing says that a new word begins
        ("אל-\nקודס", ["אל", "קודס"]),  # scripts that break no words: the hyphen joins two
    ],
)
def test_a_hyphen_at_the_end_of_a_line_is_healed_before_a_small_letter(text: str, expected: list[str]) -> None:
    assert list(words(text).keys) == expected


def test_a_healed_word_is_one_stretch_of_the_text() -> None:
    text = "the har-\nbour opens"
    assert cut(text) == ["the", "har-\nbour", "opens"]


def test_scripts_without_spaces_mix_with_those_that_have_them() -> None:
    assert cut("NHK는2024年に") == ["NHK는2024", "年", "に"]
    assert cut("年2024に") == ["年", "2024", "に"]
    assert cut("ราคา๔๐บาท") == ["ร", "า", "ค", "า", "๔๐", "บ", "า", "ท"]


@pytest.mark.parametrize("text", ["", " \n\t", "…—“”", "\x00\x07", "\U0001f600", "\U000e0001", chr(TABLE_SIZE), "\ud800"])
def test_texts_without_words_have_none(text: str) -> None:
    assert len(words(text)) == 0


def test_code_points_are_counted_and_not_bytes() -> None:
    assert code_points("a😀\ud800").tolist() == [0x61, 0x1F600, 0xD800]
    assert cut("😀 boat") == ["boat"]
    assert word_bounds("😀 boat")[0].tolist() == [2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“So,” – he said…", '"So," - he said...'),
        ("«Так»", '"Так"'),
        ("a\u00a0\n\t b", "a b"),
        ("ﬂow", "flow"),
        ("x\u200by\ufeff", "xy"),
        ("Ｘ１", "X1"),
        ("ein „Wort‟ ‚hier‘", "ein \"Wort\" 'hier'"),
    ],
)
def test_printing_habits_are_made_equal(text: str, expected: str) -> None:
    assert typography(text).text == expected


def test_case_accents_and_punctuation_are_no_printing_habits() -> None:
    assert typography("Été, NON!").text == "Été, NON!"


@pytest.mark.parametrize(
    ("text", "words_in_view", "in_original"),
    [
        ("“ﬁne”  print", "fine", "ﬁne"),
        ("a…b", "...", "…"),
        ("one  \n two", "one two", "one  \n two"),
        ("x\u200by", "xy", "x\u200by"),
    ],
)
def test_a_stretch_of_a_view_is_found_in_the_text(text: str, words_in_view: str, in_original: str) -> None:
    view = typography(text)
    at = view.text.index(words_in_view)
    start, end = view.span_in_original(at, at + len(words_in_view))
    assert text[start:end] == in_original


def test_an_empty_stretch_of_a_view_is_a_place_in_the_text() -> None:
    view = typography("a  b")
    assert view.span_in_original(0, 0) == (0, 0)
    assert view.span_in_original(2, 2) == (3, 3)
    assert view.span_in_original(3, 3) == (4, 4)
    assert typography("").span_in_original(0, 0) == (0, 0)


def test_what_cannot_be_stored_is_replaced_one_for_one() -> None:
    assert sanitize("a\x00b\ud800\udfffc") == ("a\ufffdb\ufffd\ufffdc", 3)
    assert sanitize("all is well 😀") == ("all is well 😀", 0)


@pytest.mark.parametrize(
    ("text", "n_chars", "expected"),
    [
        ("short", 5, "short"),
        ("It rained\n all night long", 16, "It rained all…"),
        ("Donaudampfschiffahrt", 8, "Donauda…"),
        ("  spaced \t out  ", 20, "spaced out"),
    ],
)
def test_a_text_is_shortened_at_a_word(text: str, n_chars: int, expected: str) -> None:
    assert shortened(text, n_chars) == expected
    assert len(shortened(text, n_chars)) <= n_chars
