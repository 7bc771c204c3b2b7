"""What holds for every text, in whatever scripts, marks and broken characters it is written."""

from __future__ import annotations

import dataclasses
import random
import string
import types
import typing
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstsaid import model, parsing
from firstsaid.columns import as_dict, canonical_lines, from_dict, from_table, to_table
from firstsaid.dates import from_edtf, to_edtf
from firstsaid.files import annotations_of
from firstsaid.matching import families, reuse
from firstsaid.model import Annotations, Layout, Received
from firstsaid.parsing import annotate, sentences
from firstsaid.reading import read
from firstsaid.store.read import DOCUMENT_SCHEMA
from firstsaid.text import key, sanitize, typography, word_bounds, words
from firstsaid.wording import Difference, differences, same_but_for_typography, units

WORDS = (
    "said", "the", "Ann", "Poe", "will", "harbour-", "don’t", "wells", "dijo", "zufolge", "школа", "сказал", "Анна", "οδός", "είπε",
    "דרך", "אמר", "קילומטר", "قال", "الطريق", "کتاب", "सड़क", "कहा", "閉鎖", "道路は", "말했다", "길이", "ถนน", "გზა", "ճանապարհ",
    "40", "1,000", "٤٠", "四十", "2021-06-01", "3.5 %", "$4 million", "next year", "http://a.example/b", "[1]", "per cent",
)  # fmt: skip
MARKS = " \n\t\r.,:;!?()[]-–—…'’‘‚\"“”„«»‹›「」『』《》、。،؟\u0964"
STRANGE = "\x00\x07\x1b\u00ad\u200b\u200d\u200e\u202e\u2028\u2066\ufeff\ufffd\u0301\u0651\u093f\U0001f600\U0001f1eb🏽ﬁ①Å"
TEXTS = st.lists(
    st.sampled_from(WORDS).map(lambda word: word + " ") | st.sampled_from(WORDS) | st.sampled_from(MARKS) | st.sampled_from(MARKS)
    | st.text(STRANGE, min_size=1, max_size=3) | st.text(st.characters(exclude_categories=()), max_size=4),
    max_size=40,
).map("".join)  # fmt: skip
"""Words of a dozen scripts between marks, control characters, combining marks, emoji and anything else, lone surrogates included."""
FROZEN = TEXTS.map(lambda text: sanitize(text)[0])
"""Texts as a corpus holds them: NUL and lone surrogates replaced."""


# ---------------------------------------------------------------------------------------------- text


@settings(deadline=None)
@given(TEXTS)
def test_words_are_in_order_disjoint_and_never_empty(text: str) -> None:
    starts, ends = (bound.tolist() for bound in word_bounds(text))
    assert all(start < end for start, end in zip(starts, ends, strict=True))
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    assert not ends or ends[-1] <= len(text)
    found = words(text)
    assert list(found.keys) == [key(text[start:end]) for start, end in zip(starts, ends, strict=True)]


@settings(deadline=None)
@given(TEXTS)
def test_a_key_has_itself_as_key(text: str) -> None:
    for one in words(text).keys:
        assert key(one) == one


@settings(deadline=None)
@given(TEXTS)
def test_a_view_of_typography_is_in_order_and_maps_every_character_back(text: str) -> None:
    view = typography(text)
    assert len(view.text) == len(view.starts) == len(view.ends)
    starts, ends = view.starts.tolist(), view.ends.tolist()
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    for at, character in enumerate(view.text):
        start, end = view.span_in_original(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert character in typography(text[start:end]).text
    assert typography(view.text).text.replace(" ", "") == view.text.replace(" ", "")


@settings(deadline=None)
@given(TEXTS)
def test_a_sanitized_text_keeps_its_length_and_can_be_stored(text: str) -> None:
    cleaned, n_replaced = sanitize(text)
    assert len(cleaned) == len(text)
    assert n_replaced == sum(a != b for a, b in zip(text, cleaned, strict=True))
    assert "\x00" not in cleaned.encode("utf-8").decode("utf-8")


# ---------------------------------------------------------------------------------------------- parsing


def lie_within(found: Annotations, text: str) -> None:
    """Every span of every kind lies in the text, says what its row says, and comes in reading order."""
    for kind in dataclasses.fields(Annotations):
        rows = getattr(found, kind.name)
        assert [(row.start, row.end) for row in rows] == sorted((row.start, row.end) for row in rows) or kind.name == "quotations"
        assert [row.start for row in rows] == sorted(row.start for row in rows), kind.name
        for row in rows:
            fields = as_dict(row)
            for name in fields:
                if name.endswith("start") and fields[name] is not None:
                    assert 0 <= fields[name] <= fields[name.removesuffix("start") + "end"] <= len(text), (row, name)
        ids = [row.id for row in rows if hasattr(row, "id")]
        assert len(ids) == len(set(ids)), kind.name
    for quotation in found.quotations:
        assert quotation.start < quotation.end
        assert (quotation.pieces[0][0], quotation.pieces[-1][1]) == (quotation.start, quotation.end)
        assert list(quotation.pieces) == sorted(quotation.pieces)
    for mention in found.mentions:
        assert text[mention.start : mention.end] == mention.surface


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FROZEN, st.sampled_from([None, "en", "de", "ar", "zh", "xx"]), st.data())
def test_any_text_is_annotated_within_its_bounds(text: str, language: str | None, data: st.DataObject) -> None:
    # Between words, where readers begin and end paragraphs (see the next test).
    places = st.sampled_from([0, *(at for at in range(1, len(text)) if text[at - 1].isspace() or text[at].isspace()), len(text)])
    pairs = data.draw(
        st.lists(st.tuples(places, places).map(sorted).filter(lambda pair: pair[0] < pair[1]).map(tuple), max_size=4, unique=True)
    )
    kinds = st.sampled_from(model.LAYOUT_KINDS)
    layout = tuple(Layout("d", *pair, data.draw(kinds), data.draw(st.sampled_from([None, "#1", "http://a.example/"]))) for pair in pairs)
    published = data.draw(st.none() | st.just(from_edtf("2021-06", "column")))
    found = annotate(text, document_id="d", layout=layout, language=language, published=published)
    lie_within(found, text)
    assert annotate(text, document_id="d", layout=layout, language=language, published=published) == found


TAGS = (
    "p",
    "h1",
    "b",
    "blockquote",
    "li",
    "ul",
    "sup",
    "figcaption",
    "aside",
    "footer",
    "div",
    "td",
    "table",
    "span",
    "pre",
    "br",
    "script",
)
MARKUP = st.lists(
    st.sampled_from(WORDS)
    | st.sampled_from(MARKS)
    | st.sampled_from([f"<{tag}>" for tag in TAGS])
    | st.sampled_from([f"</{tag}>" for tag in TAGS])
    | st.sampled_from(["<a href='http://a.example/'>", "<a href='#1'>", "</a>", "<li id='1'>", "<a></a>", "&nbsp;", "<!--", "-->"]),
    max_size=50,
).map("".join)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MARKUP)
def test_whatever_a_page_reads_as_is_annotated_within_its_bounds(markup: str) -> None:
    page = f"<html><body><article><h1>Rain</h1><p>{'It rained all day in the lower town. ' * 3}</p>{markup}</article></body></html>"
    intake = read(Received("a.html", "a.html", 0, "text/html", page.encode(), 0, "file"))
    assert intake.parts
    for part in intake.parts:
        found, layout = annotations_of(intake, part)
        lie_within(found, intake.text[part.start : part.end])
        assert all(0 <= span.start <= span.end <= part.end - part.start for span in layout)


def test_a_block_may_end_within_a_word() -> None:
    annotate("He said", layout=[Layout("", 3, 5, "heading")])


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_even_a_text_that_no_corpus_would_hold_is_annotated(text: str) -> None:
    lie_within(annotate(text), text)


@settings(max_examples=30, deadline=None)
@given(st.lists(FROZEN, min_size=1, max_size=6), st.integers(1, 5))
def test_a_document_gives_the_same_rows_whatever_documents_come_with_it(texts: list[str], cut: int) -> None:
    row = dict.fromkeys(DOCUMENT_SCHEMA.names)
    rows = [
        {**row, "document_id": f"d{n}", "text": text, "location": "a", "capture_id": "c", "layout": [], "authors": [], "start": 0, "end": 0}
        for n, text in enumerate(texts)
    ]
    table = pa.Table.from_pylist(rows, schema=DOCUMENT_SCHEMA)
    for kernel in (parsing.said_rows, parsing.figure_rows, parsing.citation_rows):
        whole = kernel(table)
        pieces = [kernel(table.slice(at, cut)) for at in range(0, len(texts), cut)]
        assert sorted(canonical_lines(pa.concat_tables(pieces))) == sorted(canonical_lines(whole))


@settings(deadline=None)
@given(FROZEN)
def test_sentences_hold_every_word(text: str) -> None:
    spans = sentences(text)
    starts, _ = word_bounds(text)
    for at in starts.tolist():
        assert any(start <= at < end for start, end in spans)


# ---------------------------------------------------------------------------------------------- matching

ALPHABETS = [
    string.ascii_lowercase,
    "абвгдежзиклмнопрстуфхцчшщэюя",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "אבגדהוזחטיכלמנסעפצקרשת",
    "ابتثجحخدذرزسشصضطظعغفقكلمن",
    "कखगघचछजझटठडढणतथदधनपफबभम",
    "ႠႡႢႣႤႥႦႧႨႩႪႫ",
    "가나다라마바사아자차카타파하",
]


def invented(chance: random.Random, alphabet: str, n_words: int) -> list[str]:
    return ["".join(chance.choices(alphabet, k=chance.randint(4, 9))) for _ in range(n_words)]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(ALPHABETS), st.integers(12, 40), st.integers(0, 60), st.integers(0, 60))
def test_a_planted_copy_is_found_and_nothing_else(seed: int, alphabet: str, n_words: int, before: int, after: int) -> None:
    chance = random.Random(seed)
    passage = " ".join(invented(chance, alphabet, n_words))
    left = " ".join([*invented(chance, alphabet, before), passage, *invented(chance, alphabet, after)])
    right = " ".join([*invented(chance, alphabet, after), passage, *invented(chance, alphabet, before)])
    [found] = reuse(["a", "b"], [left, right])
    assert passage in left[found.left_start : found.left_end]
    assert passage in right[found.right_start : found.right_end]
    assert found.n_words >= n_words
    assert found.left_end - found.left_start < len(passage) + 60
    assert {(one.document_id, one.start) for one in families([found])} == {("a", found.left_start), ("b", found.right_start)}


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=5))
def test_alignments_of_any_texts_lie_within_them(texts: list[str]) -> None:
    ids = [f"d{number}" for number in range(len(texts))]
    by_id = dict(zip(ids, texts, strict=True))
    found = reuse(ids, texts)
    assert found == reuse(list(reversed(ids)), list(reversed(texts)))
    for one in found:
        assert one.left_id < one.right_id
        assert 0 <= one.left_start < one.left_end <= len(by_id[one.left_id])
        assert 0 <= one.right_start < one.right_end <= len(by_id[one.right_id])
        assert 0 < one.similarity <= model.FULL


# ---------------------------------------------------------------------------------------------- wording


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_differences_hold_the_words_of_both_sides_and_nothing_lies_between_them(left: str, right: str) -> None:
    found = differences(left, right)
    for one in found:
        assert one.kind in model.READING_KINDS
        assert left[one.left_start : one.left_end] == one.left_text
        assert right[one.right_start : one.right_end] == one.right_text
    if not any(one.kind == "order" for one in found):
        assert rebuilt(left, right, found) == list(units(right).keys)


def rebuilt(left: str, right: str, found: tuple[Difference, ...]) -> list[str]:
    """The words of the right text: those of the left one outside of every difference, and those of the right one inside."""
    kept = [(start, 0, word) for start, end, word in _words(left) if not any(d.left_start <= start and end <= d.left_end for d in found)]
    put = [(d.left_start, 1, word) for d in found for start, end, word in _words(right) if d.right_start <= start and end <= d.right_end]
    # What is put at the start of a kept word stands before it.
    return [word for _, _, word in sorted(((at, 0 if is_put else 1, word) for at, is_put, word in kept + put), key=lambda item: item[:2])]


def _words(text: str) -> list[tuple[int, int, str]]:
    found = units(text)
    return list(zip(found.starts, found.ends, found.keys, strict=True))


@settings(deadline=None)
@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differences(text, text) == ()
    assert same_but_for_typography(text, text)


# ---------------------------------------------------------------------------------------------- dates

DAYS = st.dates().map(str)
EXPRESSIONS = (
    DAYS
    | DAYS.map(lambda day: day[:7])
    | DAYS.map(lambda day: day[:4])
    | st.tuples(DAYS, DAYS).map(lambda pair: "/".join(sorted(pair)))
    | DAYS.map(lambda day: f"{day}/..")
    | DAYS.map(lambda day: f"../{day}")
    | st.integers(1, 9999).map(lambda year: f"-{year:04d}")
    | DAYS.map(lambda day: day[:4] + "~")
    | DAYS.map(lambda day: day[:2] + "XX")
    | st.tuples(DAYS, st.times()).map(lambda pair: f"{pair[0]}T{pair[1]:%H:%M}:00Z")
)


@settings(deadline=None)
@given(EXPRESSIONS)
def test_a_date_survives_being_written_and_read(expression: str) -> None:
    date = from_edtf(expression, "column")
    again = from_edtf(to_edtf(date), "column")
    assert (again.earliest, again.latest) == (date.earliest, date.latest)
    assert to_edtf(again) == to_edtf(date)


# ---------------------------------------------------------------------------------------------- columns


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Any value that a field of this type can hold in a table."""
    if isinstance(hint, types.UnionType):
        return st.none() | values(typing.get_args(hint)[0])
    if hint is str:
        return FROZEN
    if hint is int:
        return st.integers(0, 2**62)
    if hint is bool:
        return st.booleans()
    if isinstance(hint, type):
        return rows_of(hint)
    item, *rest = typing.get_args(hint)
    return st.lists(values(item), max_size=3).map(tuple) if rest == [...] else st.tuples(*map(values, typing.get_args(hint)))


def rows_of(noun: type) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(noun)
    fields = {field.name: values(hints[field.name]) for field in dataclasses.fields(noun)}
    if noun is model.Span:
        bounds = st.tuples(values(int), values(int)).map(sorted)
        return st.builds(lambda document_id, pair: model.Span(document_id, *pair), fields["document_id"], bounds)
    return st.builds(noun, **fields)


ROWS = [
    model.Span, model.Capture, model.Layout, model.Problem, model.Quotation, model.ScareQuote, model.Figure, model.Citation,
    model.Prediction, model.Mention, model.Name, model.Alignment, model.Passage, model.Reading, model.StemmaNode, model.StemmaEdge,
    model.Family, model.Evidence, model.Finding, model.Verdict, model.Anchor, model.Decision, model.Run,
]  # fmt: skip


@pytest.mark.parametrize("noun", ROWS, ids=lambda noun: noun.__name__)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_every_noun_survives_being_a_row(noun: type, data: st.DataObject) -> None:
    rows = data.draw(st.lists(rows_of(noun), max_size=3))
    table = to_table(noun, rows)
    assert from_table(noun, table) == rows
    assert [from_dict(noun, as_dict(row)) for row in rows] == rows
    assert list(canonical_lines(table)) == list(canonical_lines(to_table(noun, reversed(rows))))
