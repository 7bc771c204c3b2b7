"""The report in a real browser: nothing asked of anybody, everything reachable, readable by everyone."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from firstsaid.corpus import Corpus
from firstsaid.showing import write_report
from firstsaid.store import connect

pytestmark = pytest.mark.browser
SCREENS = ("overview", "findings", "families", "speakers", "names", "documents", "problems", "about")
TOKEN = "secret-token"


@pytest.fixture(scope="module")
def report(case_file, tmp_path_factory) -> Path:
    output = tmp_path_factory.mktemp("report") / "report.html"
    with Corpus(case_file, connect.connect(case_file, read_only=True)) as corpus:
        write_report(corpus, output)
    return output


def shown(page) -> str:
    return page.evaluate("document.querySelector('.screen.shown').id")


def wait_for(page, screen: str) -> None:
    page.wait_for_selector(f'.screen.shown[id^="{screen}"]')


def test_the_report_opens_from_a_file_with_zero_requests_and_every_screen_is_a_click_away(browser, report, opened):
    with opened(browser, report.as_uri()) as (page, wrong):
        requests = []
        page.on("request", lambda request: requests.append(request.url))
        assert shown(page) == "overview"
        for name in SCREENS:
            page.click(f'.top nav a[href="#{name}"]')
            wait_for(page, name)
            page.wait_for_selector(f"#{name} h1")
        page.click('.top nav a[href="#documents"]')
        for at in range(page.locator("#documents tbody th a").count()):
            page.click('.top nav a[href="#documents"]')
            wait_for(page, "documents")
            page.locator("#documents tbody th a").nth(at).click()
            wait_for(page, "d-")
        page.click('.top nav a[href="#families"]')
        page.click("#families .family blockquote a")
        wait_for(page, "p-")
        assert page.is_visible("svg.stemma")
        assert page.title() == "pump · Firstsaid"
        assert not wrong
        assert not requests


def test_each_piece_of_evidence_is_one_click_from_its_characters(browser, report, opened):
    with opened(browser, report.as_uri() + "#findings") as (page, wrong):
        page.click("#findings .finding .evidence a")
        wait_for(page, "d-")
        assert page.inner_text(".m.here").startswith("We had warned the board")
        assert page.evaluate(
            "(() => { const r = document.querySelector('.m.here').getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight })()"
        )
        assert not wrong


def test_keys_walk_findings_and_documents_and_find_the_search_field(browser, report, opened):
    with opened(browser, report.as_uri() + "#findings") as (page, wrong):
        focused = "document.activeElement.id"
        page.keyboard.press("j")
        first = page.evaluate(focused)
        page.keyboard.press("j")
        second = page.evaluate(focused)
        assert first.startswith("f-")
        assert second.startswith("f-")
        assert first != second
        page.keyboard.press("k")
        assert page.evaluate(focused) == first
        page.keyboard.press("/")
        page.keyboard.type("drift")
        assert page.locator("#findings .finding:visible").count() == 1
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        wait_for(page, "about")
        page.click('.top nav a[href="#documents"]')
        page.locator("#documents tbody th a").first.click()
        wait_for(page, "d-")
        before = shown(page)
        page.keyboard.press("n")
        page.wait_for_selector(f'.screen.shown:not([id="{before}"])')
        page.keyboard.press("p")
        wait_for(page, before)
        assert not wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen_never_scrolls_sideways(browser, report, scheme, opened, scrolls_sideways):
    with opened(browser, report.as_uri(), viewport={"width": 360, "height": 740}, color_scheme=scheme) as (page, wrong):
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (paper == "rgb(24, 23, 21)") == (scheme == "dark")
        for name in page.evaluate("[...document.querySelectorAll('.screen')].map(one => one.id)"):
            page.evaluate(f"location.hash = '{name}'")
            wait_for(page, name)
            assert not scrolls_sideways(page), name
        assert not wrong


def test_arabic_runs_from_right_to_left_and_notes_stand_beside_it(browser, report, opened):
    with opened(browser, report.as_uri() + "#documents") as (page, wrong):
        page.click("#documents tbody th a:has-text('المضخة')")
        wait_for(page, "d-")
        row = page.locator(".screen.shown .text .row").first
        assert row.get_attribute("dir") == "rtl"
        text, note = row.locator("p").first.bounding_box(), row.locator(".note").first.bounding_box()
        assert note["x"] >= text["x"] + text["width"]
        assert not wrong


def test_notes_never_lie_on_each_other(browser, report, opened):
    with opened(browser, report.as_uri() + "#documents") as (page, wrong):
        page.click("#documents tbody th a:has-text('Mill pump fails')")
        wait_for(page, "d-")
        boxes = [one.bounding_box() for one in page.locator(".screen.shown .note").all()]
        assert len(boxes) >= 4
        for above, below in pairwise(boxes):
            assert above["y"] + above["height"] <= below["y"] + 1
        assert not wrong


def test_layers_can_be_switched_off(browser, report, opened):
    with opened(browser, report.as_uri() + "#documents") as (page, wrong):
        page.click("#documents tbody th a:has-text('Mill pump fails')")
        wait_for(page, "d-")
        assert page.locator(".screen.shown .note.quotation:visible").count() == 1
        page.uncheck('.screen.shown [data-layer="quotation"]')
        assert page.locator(".screen.shown .note.quotation:visible").count() == 0
        assert not wrong


def test_without_a_script_everything_can_be_read_in_order(browser, report, opened):
    with opened(browser, report.as_uri(), java_script_enabled=False) as (page, wrong):
        for words in ("What does not hold together", "The pump at the old mill", "توقفت المضخة", "How these pages were made"):
            assert page.locator(f"text={words}").first.is_visible()
        assert not wrong


def test_nothing_hostile_ran(browser, report, opened):
    with opened(browser, report.as_uri() + "#documents") as (page, wrong):
        page.click("#documents tbody th a:has-text('Bold')")
        wait_for(page, "d-")
        assert "<script>document.title='broken'</script>" in page.inner_text(".screen.shown .text")
        assert page.title() == "pump · Firstsaid"
        assert not wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, report, scheme, opened, axe):
    with opened(browser, report.as_uri(), color_scheme=scheme) as (page, _):
        # The report's policy lets no foreign script in; the debugger's evaluation is not bound by it.
        page.evaluate(axe + "; undefined")
        for name in page.evaluate("[...document.querySelectorAll('.screen')].map(one => one.id)"):
            page.evaluate(f"location.hash = '{name}'")
            wait_for(page, name)
            # The frame is the same around every screen, and a theme changes nothing but colours: looked at once each.
            where = "document" if name == "overview" else "document.querySelector('.screen.shown')"
            rules = ", runOnly: ['color-contrast']" if scheme == "dark" else ""
            found = page.evaluate(f"axe.run({where}, {{resultTypes: ['violations']{rules}}}).then(result => result.violations)")
            assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], name


def test_it_prints(browser, report, tmp_path, opened):
    with opened(browser, report.as_uri() + "#findings") as (page, wrong):
        page.pdf(path=tmp_path / "findings.pdf")
        assert (tmp_path / "findings.pdf").stat().st_size > 5_000
        assert not wrong
