"""Findings that one narrows down, walks through, decides about and hands on."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from firstsaid.showing.finding_view import FindingChoice, chosen
from firstsaid.showing.lines import Lines
from firstsaid.showing.links import Links


def kinds(case, **asked) -> list[str]:
    return [fact.kind for fact in chosen(Lines(case, Links()), FindingChoice.of(asked))]


def test_findings_are_chosen_by_kind_strength_outlet_and_date(case):
    assert kinds(case) == ["quotation-altered", "figure-drift", "dates-disagree"]
    assert kinds(case, kind="figure-drift") == ["figure-drift"]
    assert kinds(case, strength="strong") == ["quotation-altered"]
    assert kinds(case, strength="fair") == ["quotation-altered", "figure-drift"]
    assert kinds(case, outlet="Marchwire") == ["figure-drift"]
    assert kinds(case, outlet="Kelsen Post", kind="figure-drift") == []
    assert kinds(case, since="2021-03-04") == ["figure-drift"]
    assert kinds(case, until="2021-03-02") == ["quotation-altered", "figure-drift"]
    assert kinds(case, since="2022") == []


def test_findings_are_chosen_by_the_review(own_app):
    _, corpus = own_app
    first, second, _ = corpus.findings()
    corpus.decide(first.id, "confirmed")
    corpus.decide(second.id, "dismissed", "a later count")
    assert kinds(corpus, reviewed="open") == ["dates-disagree"]
    assert kinds(corpus, reviewed="decided") == ["quotation-altered", "figure-drift"]
    assert kinds(corpus, reviewed="confirmed") == ["quotation-altered"]
    assert kinds(corpus, reviewed="noted") == []


def test_a_date_that_is_none_is_answered_with_how_to_write_one(app, page):
    answer = page.ask(app, "/findings?since=%3Cb%3Esoon")
    assert answer.status == 404
    assert "write it as 2019" in answer.text
    assert "<b>soon" not in answer.text


def test_a_finding_stands_between_its_neighbours_among_those_chosen(app, page, case):
    first, second, third = (one.id[:12] for one in case.findings())
    shown = page.ask(app, f"/finding/{second}").text
    assert "2 of 3 findings" in shown
    assert f'rel="prev" href="/finding/{first}"' in shown
    assert f'rel="next" href="/finding/{third}"' in shown
    narrowed = page.ask(app, f"/finding/{second}?strength=fair").text
    assert "2 of 2 findings chosen" in narrowed
    assert f'rel="prev" href="/finding/{first}?strength=fair"' in narrowed
    assert 'rel="next"' not in narrowed


def test_after_a_decision_on_one_the_next_of_the_list_is_shown(own_app, page):
    app, corpus = own_app
    first, second, _ = (one.id[:12] for one in corpus.findings())
    shown = page.ask(app, f"/finding/{first}?reviewed=open").text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown))
    assert (fields["finding"], fields["choice"], fields["next"]) == (first, "reviewed=open", second)
    answer = page.post(app, "/decide", **fields, verdict="confirmed")
    assert answer.headers["location"] == f"/finding/{second}?reviewed=open&done={first}"
    following = page.ask(app, answer.headers["location"]).text
    assert re.search(r'role="status">You confirmed\s+<a', following)
    assert "1 of 2 findings chosen, 2 open" in following


def test_an_answer_never_leads_elsewhere(own_app, page):
    app, corpus = own_app
    finding = next(iter(corpus.findings())).id
    for hostile in ("//evil.example", "https://evil.example/?kind=x", "../../x", "\r\nset-cookie: a=b"):
        answer = page.post(app, "/decide", finding=finding, verdict="noted", choice=hostile, next=hostile, page=hostile)
        assert answer.status == 303
        assert re.fullmatch(r"/finding/[0-9a-f]{12}(\?[\w%=&-]*)?(#f-[0-9a-f]{12})?", answer.headers["location"])


def test_progress_is_said_in_numbers(own_app, page):
    app, corpus = own_app
    corpus.decide(next(iter(corpus.findings())).id, "confirmed")
    shown = page.ask(app, "/findings").text
    assert "1 decided of 3: 1 confirmed, 0 dismissed, 0 noted; 2 open." in shown
    assert '<progress max="3" value="1"' in shown


def test_words_that_differ_are_marked_in_the_evidence(app, page, case):
    finding = next(one for one in case.findings() if one.kind == "quotation-altered")
    assert 'We had warned the board<span class="m reading k-cut">⁁</span>' in page.ask(app, f"/finding/{finding.id[:12]}").text


@pytest.mark.parametrize("form", ["md", "csv", "json"])
def test_what_is_confirmed_can_be_handed_on(own_app, page, form):
    app, corpus = own_app
    hostile = next(one for one in corpus.findings() if "hostile" in one.why)
    corpus.decide(hostile.id, "confirmed", "=cmd|' /C calc'!A0 *bold*")
    answer = page.ask(app, f"/confirmed.{form}")
    assert answer.status == 200
    if form == "md":
        assert r"## \<script\>alert(5)\</script\>" in answer.text
        assert r"\*bold\*" in answer.text
        assert "characters 0 to 6 in own.firstsaid" in answer.text
        assert answer.headers["content-disposition"] == 'attachment; filename="confirmed.md"'
    elif form == "csv":
        (row,) = csv.DictReader(io.StringIO(answer.text))
        assert row["reason"].startswith("'=cmd")
        assert row["kind"] == "dates-disagree"
    else:
        (one,) = json.loads(answer.text)["findings"]
        assert one["card"]["decision"] == "confirmed"
        assert len(one["citations"]) == len(one["card"]["evidence"]) == 1
    shown = page.ask(app, "/confirmed").text
    assert "<script>alert" not in shown
    assert "1 finding in <bdi>own.firstsaid</bdi>" in shown


def test_names_are_split_by_a_form_whose_words_stay_words(own_app, page):
    app, _ = own_app
    shown = page.ask(app, "/names?q=maren").text
    assert 'name="left" value="Maren&lt;i&gt;"' in shown
    answer = page.post(app, "/decide-names", left="Maren", right="Nobody <b>", verdict="split")
    assert answer.status == 400
    assert "<b>" not in answer.text


def test_names_are_found_by_any_spelling_and_ties_say_who_states_them(app, page):
    assert "Ilse Maren" in page.ask(app, "/names?q=MAREN%3Ci").text
    assert "No name was found" in page.ask(app, "/names?q=zzz").text
    shown = page.ask(app, "/names").text
    assert "not in office at" in shown
    assert "<bdi>Old &lt;b&gt;Mill</bdi>" in shown
