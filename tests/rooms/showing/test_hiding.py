"""Names kept from a reader: outlets while one judges, persons in a report that goes to others; texts that are not ours to give away."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstsaid.corpus import Corpus
from firstsaid.showing import ReportSettings, write_report
from firstsaid.showing.hiding import WITHHELD, Hiding, persons_hidden
from firstsaid.store import connect

OUTLETS = ("Harbour Lantern", "Kelsen Post", "Marchwire", "صدى الميناء")


def test_a_name_is_hidden_in_any_case_and_with_any_separator():
    hiding = Hiding({"Ilse Maren": "[N]", "Maren": "[M]"})
    assert hiding.hide("ILSE MAREN, Ilse\nMaren's; ilse-maren_x.html and Maren. Marens") == "[N], [N]'s; [N]_x.html and [M]. Marens"
    assert hiding.hide("Ilse went. Later Maren") == "Ilse went. Later [M]"


def test_a_name_within_a_run_of_letters_is_hidden():
    assert Hiding({"山田太郎": "[N]", "Ann Poe": "[P]"}).hide("昨日、山田太郎氏とAnn Poeは") == "昨日、[N]氏と[P]は"


def test_a_last_name_alone_is_hidden_but_not_the_word_it_also_is(case):
    hiding = persons_hidden(case, ["Ann Long"])
    assert hiding.hide("Ms Long waited long. LONG, Ann") == f"Ms {WITHHELD} waited long. {WITHHELD}, Ann"
    assert not persons_hidden(case, [" ", "!"]).words


@given(st.text(alphabet="ab A-.\n", max_size=60))
def test_a_blotted_text_keeps_its_length_and_loses_every_name(text):
    hiding = Hiding({"a b": "x", "b": "x"}, withheld=True)
    blotted = hiding.blot(text)
    assert len(blotted) == len(text)
    assert not hiding.places(blotted)


def test_the_switch_hides_outlets_on_every_screen_and_shows_them_again(own_app, page):
    app, corpus = own_app
    document, family, finding = (next(iter(listed)).id[:12] for listed in (corpus.documents(), corpus.families(), corpus.findings()))
    lists = ("/", "/findings", "/families", "/speakers", "/documents", "/names", "/documents.json", "/search?q=mill")
    things = (f"/document/{document}", f"/family/{family}", f"/finding/{finding}", f"/family/{family}.json")
    paths = (*lists, *things, "/whence?words=the+pump+at+the+old+mill")
    assert any("Harbour Lantern" in page.ask(app, path).text for path in paths)
    assert page.post(app, "/names-hidden", hide="yes").status == 303
    for path in paths:
        shown = page.ask(app, path).text
        for outlet in OUTLETS:
            assert outlet not in shown, (path, outlet)
            assert outlet.replace(" ", "%20") not in shown, (path, outlet)
        assert "harbour/one" not in shown, path
        assert path.endswith(".json") or "Names of outlets are hidden" in shown
    label = re.search(r"/documents\?outlet=(Outlet%20\d)", page.ask(app, "/").text)[1]
    assert "1 " not in label
    assert page.ask(app, f"/documents?outlet={label}").text.count("data-filter-row") == 1
    page.post(app, "/names-hidden", hide="no")
    assert "Harbour Lantern" in page.ask(app, "/documents").text


def test_no_other_page_flips_the_switch(app, page):
    assert page.post(app, "/names-hidden", headers=(("origin", "http://evil.example"),), hide="yes").status == 403


@pytest.mark.parametrize("output", ["report.html", "folder"])
def test_a_withheld_name_is_nowhere_in_the_report(case, tmp_path, output):
    write_report(case, tmp_path / output, ReportSettings(withheld=("ilse maren",)))
    files = [tmp_path / output] if output.endswith(".html") else sorted((tmp_path / output).rglob("*.html"))
    html = "".join(path.read_text(encoding="utf-8") for path in files)
    assert "Maren" not in html
    assert WITHHELD in html
    assert "█" not in html
    assert "1 name of persons withheld" in html
    assert "Tomas Brandt" in html


def test_without_full_texts_only_what_is_quoted_or_disputed_is_given(case, tmp_path):
    write_report(case, tmp_path / "report.html", ReportSettings(has_full_text=False))
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "The documents are not here in full" in html
    assert "We had warned the board twice" in html
    assert "Costs are put at 4 million crowns" not in html
    assert '<blockquote dir="ltr" class="full">' not in html


def test_extracts_are_a_part_of_the_text_however_much_is_marked():
    from firstsaid.showing.extracting import extracts
    from firstsaid.showing.sweeping import Mark

    text = "word " * 2_000
    marks = [Mark(at, at + 90, "quotation") for at in range(0, 9_000, 100)]
    made = extracts(text, marks)
    assert 0 < sum(one.end - one.start for one in made) <= len(text) // 4
    assert all(left.end < right.start for left, right in pairwise(made))
    assert all(not text[one.start - 1 : one.start + 1].isalpha() for one in made if one.start)


def test_a_report_with_names_withheld_is_the_same_bytes_again(own_case, tmp_path):
    with Corpus(own_case, connect.connect(own_case)) as corpus:
        for name in ("one.html", "two.html"):
            write_report(corpus, tmp_path / name, ReportSettings(withheld=("Ilse Maren", "Tomas Brandt")))
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
