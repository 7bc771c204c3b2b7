"""The one-file report, read as text."""

from __future__ import annotations

import re

from firstsaid.showing import ReportSettings, write_report


def report(case, tmp_path, settings=None) -> str:
    output = tmp_path / "report.html"
    write_report(case, output, settings)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    return output.read_text(encoding="utf-8")


def test_every_link_inside_the_report_leads_somewhere_and_ids_are_unique(case, tmp_path, parsed):
    page = parsed(report(case, tmp_path))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {attributes["href"] for tag, attributes in page.tags if tag == "a" and attributes["href"].startswith("#")}
    assert len(links) > 30
    assert {link[1:] for link in links} <= set(ids)


def test_the_report_asks_nobody_for_anything(case, tmp_path, parsed):
    page = parsed(report(case, tmp_path))
    assert not [attributes for _, attributes in page.tags if "src" in attributes or "srcset" in attributes or "style" in attributes]
    assert {attributes["href"] for tag, attributes in page.tags if tag == "link"} == {"data:,"}
    assert not {tag for tag, _ in page.tags} & {"img", "iframe", "object", "embed", "base", "form", "audio", "video"}


def test_hostile_documents_stay_text(case, tmp_path, parsed):
    html = report(case, tmp_path)
    page = parsed(html)
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    followed = {attributes.get("href") or "" for tag, attributes in page.tags if tag == "a"}
    assert all(address.startswith(("#", "https://")) for address in followed)
    outside = [attributes for tag, attributes in page.tags if tag == "a" and attributes["href"].startswith("https://")]
    assert outside
    assert all(attributes["rel"] == "noreferrer noopener" for attributes in outside)
    assert "document.title='broken'" in "".join(page.words)
    assert "\u202egpj.exe" not in html


def test_text_that_turns_the_direction_is_fenced_in(case, tmp_path, parsed):
    html = report(case, tmp_path)
    assert re.search(r'<div class="row[^"]*" dir="rtl">\s*<p>[^<]*توقفت', html)
    assert re.search(r'<div class="row[^"]*" dir="ltr">\s*<p>[^\n]*\u202eesrever', html)


def test_the_reading_view_says_who_speaks_what_recurs_and_what_dangles(case, tmp_path, parsed):
    words = " ".join("".join(parsed(report(case, tmp_path)).words).split())
    for said in (
        "Quotation: Ilse Maren", "Reported statement: Tomas Brandt", "Also in 2 other documents", "this is the earliest witness here",
        "earliest witness here: 2 March 2021, Harbour Lantern", "hedge: “–” stands for “at least”", "Citation points nowhere",
        "Cites Mill pump fails", "by: within a year",
    ):  # fmt: skip
        assert said in words, said


def test_the_family_page_tells_earliest_from_origin_and_the_stemma_in_words(case, tmp_path, parsed):
    words = " ".join("".join(parsed(report(case, tmp_path)).words).split())
    assert "Earliest witness in this corpus Harbour Lantern, 2 March 2021" in words
    assert "Origins (hypothesis) 1 to 2 independent first tellings: all share “stopped at dawn”" in words
    assert "Hypothesis of who copied whom: α from A, B from α, C from B." in words
    assert "shares “until the evening” & <more>" in words


def test_what_does_not_fit_is_left_out_and_said(case, tmp_path, parsed):
    html = report(case, tmp_path, ReportSettings(most_document_bytes=4_600, most_families=0, most_findings_each=0))
    words = " ".join("".join(parsed(html).words).split())
    assert "This file holds 1 of 5 documents; firstsaid serve shows them all." in words
    assert "This file holds 0 of 1 passage; firstsaid serve shows them all." in words
    page = parsed(html)
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert {attributes["href"][1:] for tag, attributes in page.tags if tag == "a" and attributes["href"].startswith("#")} <= ids


def test_the_same_corpus_gives_the_same_bytes(case, tmp_path, parsed):
    first = report(case, tmp_path)
    assert report(case, tmp_path) == first


def test_a_long_text_is_cut_and_says_so(case, tmp_path, parsed):
    assert "that this report leaves out" in report(case, tmp_path, ReportSettings(most_text_chars=50))
