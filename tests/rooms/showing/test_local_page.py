"""The local page: who may ask, what it answers."""

from __future__ import annotations

import json

import pytest

from firstsaid.corpus import Corpus
from firstsaid.showing.routes import SCREENS, path_of
from firstsaid.showing.serving import Page, application
from firstsaid.store import connect

TOKEN, PORT = "secret-token", 8731
HOST = f"127.0.0.1:{PORT}"
COOKIE = f"firstsaid_{PORT}={TOKEN}"


@pytest.fixture
def ask(page):
    return page.ask


def test_without_the_cookie_nothing_is_shown(app, ask):
    for path in ("/", "/documents.json", "/static/page.css", "/nothing"):
        assert ask(app, path, cookie="").status == 403
        assert ask(app, path, cookie=f"firstsaid_{PORT}=guess").status == 403
    assert ask(app, "/?token=guess", cookie="").status == 403


def test_the_printed_address_gives_a_cookie_that_no_script_and_no_other_site_can_use(app, ask):
    answer = ask(app, f"/?token={TOKEN}", cookie="")
    assert answer.status == 303
    assert answer.headers["location"] == "/"
    assert answer.headers["set-cookie"] == f"{COOKIE}; Path=/; HttpOnly; SameSite=Strict"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8731", "127.0.0.1", "127.0.0.1:9999", ""])
def test_a_strange_host_is_refused(app, host, ask):
    assert ask(app, "/", host=host).status == 400


def test_every_answer_carries_the_strict_headers(app, ask):
    for path, status in (("/", 200), ("/static/page.js", 200), ("/nothing", 404), ("/document/none", 404)):
        answer = ask(app, path)
        assert answer.status == status
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
    assert ask(app, "/", cookie="").headers["referrer-policy"] == "no-referrer"


def paths(case) -> list[str]:
    document = next(iter(case.documents()))
    family = next(iter(case.families()))
    finding = next(iter(case.findings()))
    ids = {"document": document.id[:12], "family": family.id[:12], "finding": finding.id[:12]}
    return [path_of(name).replace("{id}", ids.get(name, "")) for name in SCREENS if name != "whence"]


def test_every_screen_answers_with_a_page_and_a_twin(app, case, ask):
    for path in paths(case):
        page = ask(app, path)
        assert page.status == 200, path
        assert "<script>" not in page.text
        assert "<style" not in page.text
        assert len(page.text) < 300_000
        twin = ask(app, ("/overview" if path == "/" else path) + ".json")
        assert twin.status == 200, path
        assert isinstance(json.loads(twin.text), dict)


def test_local_links_lead_to_pages(app, case, parsed, ask):
    seen = set()
    for path in paths(case):
        for tag, attributes in parsed(ask(app, path).text).tags:
            href = attributes.get("href") or ""
            if tag == "a" and href.startswith("/") and href not in seen:
                seen.add(href)
                if not href.startswith("/whence"):
                    assert ask(app, href.partition("#")[0]).status == 200, href
    assert len(seen) > 20


def test_a_place_in_a_document_has_its_anchor(app, case, ask):
    document = case.document("post/two.html")
    at = document.text.index("took a week")
    assert f'id="d-{document.id[:12]}-{at}"' in ask(app, f"/document/{document.id[:12]}?at={at}").text
    assert ask(app, f"/document/{document.id[:12]}?at=99999999999999999999&window=999").status == 200


def test_search_marks_words_and_escapes_snippets(app, ask):
    answer = ask(app, "/search?q=title")
    assert answer.status == 200
    assert "<script>document" not in answer.text
    assert '<span class="m place">title</span>' in answer.text
    assert ask(app, "/search?q=%22%22%22%2A%28").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        (), (("origin", "http://evil.example"),), (("origin", "null"),), (("origin", "null"), ("sec-fetch-site", "cross-site")),
        (("origin", f"http://127.0.0.1:{PORT + 1}"), ("sec-fetch-site", "same-site")), (("sec-fetch-site", "same-origin"),),
    ],
)  # fmt: skip
def test_a_form_of_another_page_changes_nothing(app, case, headers, ask):
    finding = next(iter(case.findings()))
    body = f"finding={finding.id}&verdict=confirmed".encode()
    assert ask(app, "/decide", method="POST", headers=headers, body=body).status == 403
    assert not case.decisions()


def test_a_decision_is_kept_and_shown_and_a_dismissal_needs_a_reason(own_case, ask):
    ours = (("origin", f"http://{HOST}"),)
    with Corpus(own_case, connect.connect(own_case)) as corpus:
        app = application(Page(corpus), TOKEN, PORT)
        finding = next(iter(corpus.findings()))
        short = finding.id[:12]
        refused = ask(app, "/decide", method="POST", headers=ours, body=f"finding={short}&verdict=dismissed".encode())
        assert refused.status == 400
        assert "needs a reason" in refused.text
        body = f"finding={short}&verdict=dismissed&why=%3Cb%3Ean+editor%27s+cut".encode()
        answer = ask(app, "/decide", method="POST", headers=ours, body=body)
        assert (answer.status, answer.headers["location"]) == (303, f"/finding/{short}#f-{short}")
        assert "you dismissed this: <bdi>&lt;b&gt;an editor" in ask(app, f"/finding/{short}").text
        null = (("origin", "null"), ("sec-fetch-site", "same-origin"))
        assert ask(app, "/decide", method="POST", headers=null, body=f"finding={short}&verdict=confirmed".encode()).status == 303
        assert ask(app, "/decide", method="POST", headers=ours, body=b"finding=nothing&verdict=noted").status == 400
        assert ask(app, "/decide", method="POST", headers=ours, body=b"why=" + b"x" * 30_000).status == 413
        assert ask(app, "/decide", headers=ours).status == 405
    with Corpus(own_case, connect.connect(own_case)) as again:
        assert again.decisions()[finding.id].verdict == "confirmed"


def test_a_speaker_shows_why_spellings_were_joined_how_to_split_them_and_stated_ties(app, ask):
    shown = ask(app, "/speakers").text
    assert "1 other spelling taken as this name" in shown
    assert "is the last word of “Ilse Maren” &amp; &lt;more&gt;" in shown
    assert "split --with &#34;Ilse Maren&#34;" in shown.replace("&quot;", "&#34;").replace('"', "&#34;")
    assert "not in office at <bdi>Old &lt;b&gt;Mill</bdi>, according to <bdi>Harbour Lantern</bdi>" in shown


def test_what_most_documents_hold_is_found_without_ranking(case, monkeypatch):
    from firstsaid.store import read

    ranked = [document.id for document, _ in case.search("the")]
    monkeypatch.setattr(read, "MOST_RANKED", 0)
    assert sorted(document.id for document, _ in case.search("the")) == sorted(ranked)
    assert len(ranked) > 2
