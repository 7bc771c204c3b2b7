"""The local page in a real browser: with the keyboard alone, without a script, at any width; and the report that is a folder."""

from __future__ import annotations

import pytest

from firstsaid.corpus import Corpus
from firstsaid.showing import write_report
from firstsaid.store import connect

pytestmark = pytest.mark.browser
TOKEN = "secret-token"


def test_the_local_page_works_from_its_printed_address_only(browser, served, opened, scrolls_sideways):
    address, _ = served
    with opened(browser, f"{address}/?token={TOKEN}") as (page, wrong):
        assert page.url == f"{address}/"
        assert page.is_visible("text=5 documents from 5 outlets")
        assert page.evaluate("document.cookie") == ""
        for name in ("Findings", "Passages", "Who says what", "Names", "Documents", "Draft check", "Intake", "About"):
            page.click(f".top nav a:text-is('{name}')")
            page.wait_for_selector(f".top nav a[aria-current]:text-is('{name}')")
            page.wait_for_selector("h1")
            assert not scrolls_sideways(page)
        page.fill('[name="q"]', "mill")
        page.keyboard.press("Enter")
        page.click(".hits a")
        page.wait_for_selector(".text .note")
        assert not wrong
    with opened(browser, f"{address}/") as (page, _):
        assert "opens only from the address" in page.inner_text("body")


@pytest.mark.parametrize("with_script", [True, False])
def test_a_decision_is_made_on_the_page_and_survives(browser, served, with_script, opened):
    address, path = served
    with opened(browser, f"{address}/?token={TOKEN}", java_script_enabled=with_script) as (page, wrong):
        page.goto(f"{address}/findings")
        form = page.locator(".finding form").first
        form.locator('[name="why"]').fill("an editor's cut")
        form.locator("text=Dismiss").click()
        page.wait_for_url("**/findings?done=*")
        page.wait_for_selector("text=you dismissed this: an editor's cut")
        assert page.is_visible("text=1 decided of 3: 0 confirmed, 1 dismissed")
        assert not wrong
    with Corpus(path, connect.connect(path, read_only=True)) as corpus:
        (decision,) = corpus.decisions().values()
        assert (decision.verdict, decision.why) == ("dismissed", "an editor's cut")


DRAFT = "“We had warned the board,” said Ilse Maren.\n\n“Nobody in the whole town had ever slept so badly,” said Tomas Brandt.\n"


def shown(page, selector):
    """Wait until the words are there and the page's script listens: a key pressed before that is lost."""
    page.wait_for_selector(selector)
    page.wait_for_load_state("load")


def test_findings_are_gone_through_with_the_keyboard_alone(browser, served, opened):
    address, path = served
    with opened(browser, f"{address}/?token={TOKEN}") as (page, wrong):
        page.goto(f"{address}/findings?strength=fair")
        page.click("text=Go through them one by one")
        shown(page, "text=1 of 2 findings chosen, 2 open")
        page.keyboard.press("J")
        shown(page, "text=2 of 2 findings chosen")
        page.keyboard.press("k")
        shown(page, "text=1 of 2 findings chosen")
        page.keyboard.press("c")
        shown(page, "text=2 of 2 findings chosen, 1 open")
        assert "You confirmed" in page.inner_text('[role="status"]')
        page.keyboard.press("d")
        page.keyboard.type("a later count, see p. 3")
        page.keyboard.press("Enter")
        shown(page, "text=you dismissed this: a later count, see p. 3")
        page.click("text=The list")
        shown(page, "text=2 decided of 3: 1 confirmed, 1 dismissed")
        page.click("text=1 confirmed finding, to print or to hand on")
        shown(page, "text=characters")
        assert not wrong
    with Corpus(path, connect.connect(path, read_only=True)) as corpus:
        assert sorted(one.verdict for one in corpus.decisions().values()) == ["confirmed", "dismissed"]


def test_enter_in_the_reason_never_confirms(browser, served, opened):
    address, path = served
    with opened(browser, f"{address}/?token={TOKEN}") as (page, _):
        page.goto(f"{address}/findings")
        page.locator('.finding [name="why"]').first.fill("to come back to")
        page.keyboard.press("Enter")
        page.wait_for_url("**/findings?done=*")
    with Corpus(path, connect.connect(path, read_only=True)) as corpus:
        assert [one.verdict for one in corpus.decisions().values()] == ["noted"]


@pytest.mark.parametrize("with_script", [True, False])
def test_a_draft_is_checked_from_a_file(browser, served, tmp_path, with_script, opened):
    address, _ = served
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    with opened(browser, f"{address}/?token={TOKEN}", java_script_enabled=with_script) as (page, wrong):
        page.goto(f"{address}/draft")
        page.set_input_files('[name="draft"]', draft)
        page.click(".draft-form button")
        page.wait_for_selector("h1:has-text('to look at in draft.txt')")
        assert page.inner_text(".text .m.flagged").startswith("Nobody in the whole town")
        page.click(".checked a")
        assert page.is_visible(".note.flagged")
        assert not wrong


def test_a_draft_dropped_on_the_page_is_checked(browser, served, opened):
    address, _ = served
    with opened(browser, f"{address}/?token={TOKEN}") as (page, wrong):
        page.goto(f"{address}/draft")
        page.evaluate(
            """text => {
                const held = new DataTransfer();
                held.items.add(new File([text], "dropped.txt", { type: "text/plain" }));
                dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
            }""",
            DRAFT,
        )
        page.wait_for_selector("h1:has-text('to look at in dropped.txt')")
        assert not wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_served_screens_are_accessible_and_fit_a_narrow_screen(browser, served, scheme, opened, scrolls_sideways, axe):
    address, path = served
    with Corpus(path, connect.connect(path)) as corpus:
        finding = next(iter(corpus.findings()))
        corpus.decide(finding.id, "confirmed", "seen")
        family = next(iter(corpus.families()))
    lists = ("/", "/findings", "/findings?reviewed=open", "/confirmed", "/speakers", "/speakers?name=Ilse%20Maren", "/names", "/draft")
    things = (f"/finding/{finding.id[:12]}", f"/family/{family.id[:12]}?kind=differs")
    screens = (*lists, *things, "/search?q=mill", "/whence?words=the+pump+at+the+old+mill")
    with opened(browser, f"{address}/?token={TOKEN}", color_scheme=scheme, viewport={"width": 360, "height": 740}) as (page, _):
        for screen in screens:
            page.goto(address + screen)
            assert not scrolls_sideways(page), screen
            page.evaluate(axe + "; undefined")
            rules = ", runOnly: ['color-contrast']" if scheme == "dark" else ""
            found = page.evaluate(f"axe.run(document, {{resultTypes: ['violations']{rules}}}).then(result => result.violations)")
            assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], screen


def test_the_picture_of_speakers_leads_to_their_words(browser, served, opened):
    address, _ = served
    with opened(browser, f"{address}/?token={TOKEN}") as (page, wrong):
        page.goto(f"{address}/speakers")
        page.click('svg.matrix a[aria-label^="Ilse Maren, Kelsen Post"]')
        page.wait_for_selector("h1:has-text('What Ilse Maren is quoted as saying')")
        assert page.locator(".evidence").count() == 1
        assert page.inner_text(".evidence mark") == "We had warned the board"
        assert not wrong


def test_a_folder_opens_from_a_file_and_asks_for_nothing_else(browser, case_file, tmp_path):
    with Corpus(case_file, connect.connect(case_file, read_only=True)) as corpus:
        write_report(corpus, tmp_path / "report")
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith((tmp_path.as_uri(), "data:,")) else None)
    page.goto((tmp_path / "report" / "index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 252, 249)"
    for name in ("Findings", "Passages", "Who says what", "Names", "Documents", "Intake", "About"):
        page.click(f".top nav a:text-is('{name}')")
        page.wait_for_selector(f".top nav a[aria-current]:text-is('{name}')")
    page.click(".top nav a:text-is('Findings')")
    page.click(".finding .evidence a")
    page.wait_for_selector(".m.here")
    assert page.inner_text(".m.here").startswith("We had warned the board")
    assert not wrong
    context.close()


def test_printed_notes_are_numbered_and_forms_are_left_out(browser, served, tmp_path, opened):
    address, path = served
    with Corpus(path, connect.connect(path, read_only=True)) as corpus:
        document = corpus.document("harbour/one.html").id[:12]
    with opened(browser, f"{address}/?token={TOKEN}") as (page, _):
        page.goto(f"{address}/document/{document}")
        page.emulate_media(media="print")
        numbers = [one.inner_text() for one in page.locator(".text .ref").all()]
        assert numbers
        assert sorted(numbers) == sorted(one.inner_text() for one in page.locator(".note .back-ref").all())
        assert not any(one.is_visible() for one in page.locator("form, .layers, .top nav, .cite").all())
        page.pdf(path=tmp_path / "text.pdf")
        assert (tmp_path / "text.pdf").stat().st_size > 5_000
