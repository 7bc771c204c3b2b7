"""Plain text, Markdown, encodings, and what has no reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstsaid.dates import day
from firstsaid.model import Received
from firstsaid.reading import READERS, read
from firstsaid.reading.datelines import date_in_file_name, date_line, date_near_top, is_title
from firstsaid.reading.doubled import doubled
from firstsaid.reading.language import language_of

GERMAN = "Die Königin grüßte die Bürger von Alba, während die Glocken läuteten und die Schiffe im Hafen Flaggen hißten. "


def kinds(intake) -> list[str]:
    return [problem.kind for problem in intake.problems]


def published(intake) -> tuple[str, str] | None:
    date = intake.parts[0].published
    return None if date is None else (day(date.earliest), date.basis)


@given(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), min_size=1).filter(str.strip))
def test_plain_text_is_frozen_as_it_is(text):
    intake = read(Received("a.txt", "a.txt", 0, "text/plain", text.encode(), 0, "file"))
    if "binary" not in kinds(intake) and "empty" not in kinds(intake) and "no-main-text" not in kinds(intake):
        assert intake.text == text or text.lstrip().startswith("<")


def test_line_ends_and_byte_order_mark_stay(received):
    intake = read(received(b"\xef\xbb\xbfTitle\r\n\r\nText of some length.\r\n"))
    assert intake.text == "\ufeffTitle\r\n\r\nText of some length.\r\n"
    assert intake.parts[0].title == "Title"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_unicode_in_every_form_is_read(received, encoding):
    assert GERMAN.strip() in read(received((GERMAN * 3).encode(encoding))).text


def test_a_guessed_encoding_is_named(received):
    intake = read(received((GERMAN * 5).encode("cp1252"), "2019-03-04.txt"))
    assert "Königin grüßte die Bürger" in intake.text
    assert kinds(intake) == ["encoding-guessed"]
    assert "cp125" in intake.problems[0].message


def test_nul_and_broken_bytes_become_replacement_characters(received):
    assert kinds(
        read(received("Ein Text\x00 mit einem Loch, der sonst gut lesbar ist und lang genug, um Text zu sein.", "2019-03-04.txt"))
    ) == ["characters-replaced"]
    intake = read(received(GERMAN.encode() * 5 + b"\xc3", "2019-03-04.txt"))
    assert kinds(intake) == ["characters-replaced"]
    assert intake.text.endswith("\ufffd")


@pytest.mark.parametrize("data", [b"", b"  \n\n", b"\xef\xbb\xbf"])
def test_empty_files_are_problems(received, data):
    assert kinds(read(received(data))) == ["empty"]


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, bytes(range(256)) * 40])
def test_binary_files_are_problems(received, data):
    assert kinds(read(received(data))) == ["binary"]


def test_no_reader_names_the_readers(received):
    (problem,) = read(received(b"{\\rtf1 ...", "minutes.rtf")).problems
    assert problem.kind == "no-reader"
    assert all(name in problem.message for name in READERS)


def test_unknown_suffixes_are_sniffed(received):
    assert published(read(received("Title\n4 March 2019\n\nText.", "notes.log"))) == ("2019-03-04", "text")
    assert len(read(received('{"id": 1, "text": "a b c"}\n{"id": 2, "text": "d e f"}\n', "dump")).parts) == 2
    assert read(received("<!doctype html><p>" + GERMAN * 3, "page.asp")).text.startswith("Die Königin")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("2019-03-04-crane.txt", "Nothing here.", ("2019-03-04", "file-name")),
        ("20190304.txt", "Nothing here.", ("2019-03-04", "file-name")),
        ("a.txt", "The crane\n\nPublished 4 March 2019\n\nText.", ("2019-03-04", "text")),
        ("a.txt", "Friday, January 4, 2019\n\nText.", ("2019-01-04", "text")),
        ("a.txt", "حريق\n\nنشر في ٤ مارس ٢٠١٩\n\nنص", ("2019-03-04", "text")),
        ("a.txt", "آتش\n\n۱۵ اسفند ۱۳۹۷\n\nمتن", ("2019-03-06", "text")),
        ("a.txt", "Le feu\n\nPublié le 1er août 2019\n\nTexte.", ("2019-08-01", "text")),
        ("a.txt", "OSLO, 4 March 2019 - The council met.", ("2019-03-04", "text")),
        ("a.txt", "The council met on 4 March 2019 and again on 5 March 2019.", None),
        ("a.txt", "Title\n\n4 March 2019: the council meets\n5 March 2019: it meets again", None),
    ],
)
def test_dates_are_found_near_the_top_or_in_the_name(received, name, text, expected):
    intake = read(received(text, name))
    assert published(intake) == expected
    assert ("undated" in kinds(intake)) == (expected is None)


def test_a_line_of_change_is_no_date_of_publication():
    first, second = date_near_top("Title\nUpdated 5 March 2019\nPublished 4 March 2019\n")
    assert first is not None
    assert second is not None
    assert (day(first.earliest), day(second.earliest)) == ("2019-03-04", "2019-03-05")


@pytest.mark.parametrize("line", ["", "March 2019", "3/4", "x" * 500, "The meeting took place on 4 March 2019.", "- 4 March 2019"])
def test_sentences_and_months_are_no_date_lines(line):
    assert date_line(line) is None


def test_titles_are_short_and_no_sentences():
    assert is_title("The crane again")
    assert is_title("Will the crane be mended?")
    assert not is_title("The crane was mended yesterday.")
    assert not is_title("- an item")
    assert date_in_file_name("minutes-12345678.txt") is None


MARKDOWN = """---
title: "The crane again"
date: 2019-03-04
author: [Ada Byron, Mira Stern]
---
# The crane

A [notice](https://example.org/n "t") said so[^1], see [the list][l] and <https://example.org/a>.

> Quoted words
> on two lines

- first item
- second *item*

[^1]: Chronicle, leaf 12.
[l]: https://example.org/l
"""


def test_markdown_keeps_its_raw_text_and_marks_it(received):
    intake = read(received(MARKDOWN, "a.md"))
    assert intake.text == MARKDOWN
    found = {(item.kind, intake.text[item.start : item.end], item.target) for item in intake.layout if item.kind != "paragraph"}
    assert found >= {
        ("heading", "The crane", None),
        ("link", "notice", "https://example.org/n"),
        ("link", "the list", "https://example.org/l"),
        ("link", "https://example.org/a", "https://example.org/a"),
        ("block_quote", "Quoted words\n> on two lines", None),
        ("list_item", "first item", None),
        ("list_item", "second *item*", None),
        ("footnote", "Chronicle, leaf 12.", "1"),
    }
    (part,) = intake.parts
    assert (part.title, part.authors) == ("The crane again", ("Ada Byron", "Mira Stern"))
    assert published(intake) == ("2019-03-04", "front-matter")


@given(st.text(max_size=300))
def test_markdown_spans_lie_inside_any_text(text):
    intake = read(Received("a.md", "a.md", 0, "text/markdown", ("# a\n" + text).encode("utf-8", "replace"), 0, "file"))
    for item in intake.layout:
        assert 0 <= item.start < item.end <= len(intake.text)


def test_languages_are_codes_or_unknown():
    assert language_of(GERMAN) == "de"
    assert language_of("Le conseil s'est réuni mardi pour discuter de l'avenir du port et de la grue.") == "fr"
    assert language_of("Ada 12") is None


def test_a_text_is_doubled_only_if_much_of_it_returns():
    body = " ".join(f"sentence {n} tells of the crane and of day {n * n}." for n in range(40))
    assert doubled(body) is None
    head, between = "Head line\n", "\nA caption between\n"
    second_at = len(head) + len(body) + len(between)
    assert doubled(head + body + between + body + "\nFoot") == (second_at, second_at + len(body))
    assert doubled(body + "\n" + body[:200]) is None
