"""HTML pages: main text, layout, dates with their basis, several posts, hostile input."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstsaid.dates import day
from firstsaid.model import Intake, Received
from firstsaid.reading import read


def spans(intake: Intake, kind: str) -> list[str]:
    return [intake.text[item.start : item.end] for item in intake.layout if item.kind == kind]


def kinds(intake: Intake) -> list[str]:
    return [problem.kind for problem in intake.problems]


def test_menus_banners_and_related_links_are_left_out(page):
    text = read(page("news")).text
    assert text.startswith("Comet seen over Alba\n\nBy Ada Byron\n\nA comet with two tails")
    assert not any(word in text for word in ("cookies", "Sport", "Related", "new roof"))


def test_layout_spans_are_exactly_what_stood_on_the_page(page):
    intake = read(page("news"))
    assert spans(intake, "heading") == ["Comet seen over Alba", "Lamps stay on"]
    assert spans(intake, "caption") == ["The comet above the water tower. Photo: Alba Post"]
    assert spans(intake, "list_item") == ["First seen: Monday, by two fishermen", "Last seen: Thursday, from the tower"]
    (quote,) = spans(intake, "block_quote")
    assert quote.startswith("The lamps are not ours")
    assert quote.endswith("charter of the town.")
    assert spans(intake, "boilerplate") == ["Share on This Share on That"]


def test_links_keep_their_targets_made_absolute(page):
    intake = read(page("news"))
    targets = {intake.text[item.start : item.end]: item.target for item in intake.layout if item.kind == "link"}
    assert targets["the minutes of the council"] == "https://post.example/council/minutes"


def test_facts_come_from_the_pages_metadata(page):
    (part,) = read(page("news")).parts
    assert (part.title, part.outlet, part.authors, part.language) == ("Comet seen over Alba", "Alba Post", ("Ada Byron",), "en")
    assert part.published is not None
    assert (day(part.published.earliest), part.published.basis) == ("2020-07-15", "meta")


def test_footnote_markers_and_notes_stay_with_their_labels(page):
    intake = read(page("notes"))
    assert "the year of the flood[1] and gave water for 10⁴ people" in intake.text
    assert [(item.target, intake.text[item.start : item.end][:9]) for item in intake.layout if item.kind == "footnote"] == [
        ("1", "[1] Chron"),
        ("2", "[2] Town "),
    ]
    assert "↩" not in intake.text
    assert {item.target for item in intake.layout if item.kind == "link"} >= {"#fn1", "#fn9", "https://archive.example/4"}
    published = intake.parts[0].published
    assert published is not None
    assert published.basis == "text"


def test_a_doubled_body_is_said_and_its_second_copy_marked(page):
    intake = read(page("doubled"))
    assert kinds(intake) == ["doubled-body"]
    (copy,) = [item for item in intake.layout if item.kind == "boilerplate"]
    assert copy.reason == "repeats the text above"
    second = intake.text[copy.start : copy.end]
    assert intake.text.count(second) == 2
    assert copy.end == len(intake.text)


def test_right_to_left_pages_are_read_like_others(page):
    (part,) = read(page("arabic")).parts
    assert part.language == "ar"
    assert part.published is not None
    assert day(part.published.earliest) == "2019-03-04"


def test_a_page_without_a_date_is_a_problem_with_advice(page):
    intake = read(page("undated"))
    assert kinds(intake) == ["undated"]
    assert intake.parts[0].published is None
    assert "2019-03-04-undated.html" in intake.problems[0].advice


def test_json_ld_gives_date_change_and_author(page):
    (part,) = read(page("json-ld")).parts
    assert part.published is not None
    assert part.modified is not None
    assert part.published.basis == "json-ld"
    assert day(part.modified.earliest) == "2022-11-06"
    assert part.authors == ("Ada Byron",)
    assert part.outlet == "The Alba Post"


def test_posts_of_a_blog_are_documents_with_their_own_dates(page):
    intake = read(page("blog"))
    assert [part.name for part in intake.parts] == ["p1", "p2", "p3", "p4"]
    assert [day(part.published.earliest) for part in intake.parts] == ["2021-05-19", "2021-05-18", "2021-05-18", "2021-05-16"]
    assert [part.published.basis for part in intake.parts] == ["time", "time", "previous-post", "time"]
    for part in intake.parts:
        text = intake.text[part.start : part.end]
        assert text.startswith("Story number")
        assert text.endswith("five coins to the lifeboat.")
    assert all(before.end < after.start for before, after in zip(intake.parts, intake.parts[1:], strict=False))


def test_a_date_over_several_posts_belongs_to_all_of_them(page):
    intake = read(page("blogger"))
    assert [part.published.basis for part in intake.parts] == ["text", "previous-post", "text"]
    assert intake.text[intake.parts[0].start :].startswith("Friday, 4 March 2016\n\nEntry 1")
    assert intake.parts[1].url == "https://mill.example/2.html"


def test_teasers_are_not_posts(received):
    cards = "".join(
        f"<article><h2><a href='/{n}'>Title {n}</a></h2><time datetime='2020-01-0{n}'>x</time><p>Short teaser.</p></article>"
        for n in range(1, 6)
    )
    body = "".join(
        f"<p>Sentence {n} of the only long text on this page, which tells of the mill and its wheel at length.</p>" for n in range(9)
    )
    intake = read(received(f"<html><body><main><h1>Mill</h1>{body}</main><section>{cards}</section></body></html>", "a.html"))
    assert len(intake.parts) == 1


def test_a_page_of_scripts_has_no_main_text(page):
    intake = read(page("script-only"))
    assert kinds(intake) == ["no-main-text"]
    assert intake.parts == ()


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 2_000_000,
        b"<html><body>" + b"<div>" * 100_000 + b"deep",
        b"<p>" + b"<span>" * 100_000 + b"x",
        b"&" * 2_000_000,
        b"<" * 1_000_000,
        b"<p class='" + b"a " * 1_000_000 + b"'>text</p>",
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><p>&b;&b;&b;</p>',
    ],
)
def test_hostile_pages_end_quickly(received, data):
    began = time.monotonic()
    intake = read(received(data, "a.html"))
    assert time.monotonic() - began < 10
    assert intake.parts or intake.problems


def test_declared_encoding_is_believed_when_it_is_not_utf8(received):
    words = "Die Königin grüßte die Bürger von Alba, während die Glocken läuteten und die Schiffe im Hafen Flaggen hißten. " * 3
    data = f"<html><head><meta charset=iso-8859-1><title>x</title></head><body><p>{words}</p></body></html>".encode("cp1252")
    intake = read(received(data, "a.html"))
    assert "Königin grüßte" in intake.text
    assert "encoding-guessed" not in kinds(intake)


MARKUP = [
    "<p>", "</p>", "<a href='x'>", "</a>", "<li>", "<blockquote>", "<sup>", "<table><tr><td>", "word ", "ein Satz. ", "<br>", "&amp;",
    "\u0000", "العربية ",
]  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(MARKUP), max_size=60))
def test_spans_lie_inside_the_text_whatever_the_markup(pieces):
    intake = read(Received("a.html", "a.html", 0, "text/html", ("<html><body>" + "".join(pieces)).encode(), 0, "file"))
    for item in intake.layout:
        assert 0 <= item.start < item.end <= len(intake.text)
        assert intake.text[item.start : item.end].strip()
    for part in intake.parts:
        assert 0 <= part.start <= part.end <= len(intake.text)
