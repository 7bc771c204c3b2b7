"""The draft check as a page: what may be given, what is shown, what is kept (nothing)."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from firstsaid.showing.draft_view import MOST_DRAFT_BYTES
from firstsaid.showing.forms import fields_of

DRAFT = (
    "“We had warned the board twice,” said Ilse Maren, who keeps the mill.\n\n"
    "“Nobody in the whole town had ever slept so badly before,” said Tomas Brandt.\n"
)


def send(app, page, **given):
    body, content_type = page.multipart(**given)
    return page.post(app, "/draft", body=body, content_type=content_type)


@pytest.fixture
def temporary(tmp_path, monkeypatch) -> Path:
    """The only folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("given", [{"text": DRAFT}, {"name": "draft.txt", "data": DRAFT.encode()}])
def test_a_draft_is_read_with_verdicts_in_its_margin_and_forgotten(own_app, page, temporary, given):
    app, corpus = own_app
    before = sorted(path.name for path in corpus.path.parent.rglob("*") if ".index" not in str(path))
    answer = send(app, page, **given)
    assert answer.status == 200
    assert "1 thing to look at" in answer.text
    assert "Not in this corpus" in answer.text
    assert "the words stand so" in answer.text
    assert 'class="m flagged">Nobody in the whole town' in answer.text
    assert not list(temporary.iterdir())
    assert sorted(path.name for path in corpus.path.parent.rglob("*") if ".index" not in str(path)) == before
    assert not list(corpus.connection.execute("SELECT 1 FROM document WHERE instr(text, 'slept so badly')"))


def test_the_page_before_has_a_form(app, page):
    shown = page.ask(app, "/draft").text
    assert 'enctype="multipart/form-data"' in shown
    assert 'type="file"' in shown


def test_a_hostile_draft_stays_text(own_app, page, temporary):
    app, _ = own_app
    hostile = "<script>alert(1)</script> “We had warned the board <img src=x onerror=alert(2)>,” said \u202egpj Maren."
    answer = send(app, page, name='"><script>alert(3)</script>\u202e/../../x.txt', data=hostile.encode())
    assert answer.status == 200
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    assert "\u202e/" not in answer.text
    assert not list(temporary.iterdir())


def test_nothing_and_what_cannot_be_read_is_answered_with_words(app, page, temporary):
    assert "paste its text" in send(app, page).text
    answer = send(app, page, name="../../<i>photo.png", data=b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    assert answer.status == 400
    assert "<i>" not in answer.text
    assert str(temporary) not in answer.text
    assert not list(temporary.iterdir())


def test_a_draft_is_never_longer_than_a_book(app, page):
    body, content_type = page.multipart(text="x" * (MOST_DRAFT_BYTES + 10))
    assert page.post(app, "/draft", body=body, content_type=content_type).status == 413


@pytest.mark.parametrize("headers", [(), (("origin", "http://evil.example"),), (("origin", "null"), ("sec-fetch-site", "cross-site"))])
def test_no_other_page_has_a_draft_checked(app, page, headers):
    body, content_type = page.multipart(text=DRAFT)
    assert page.post(app, "/draft", headers=headers, body=body, content_type=content_type).status == 403


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--x--"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n"),
        ("multipart/form-data; boundary=\xff", b"\xff\xfe\x00"),
    ],
)
def test_a_broken_form_has_no_fields(content_type, body):
    assert not any(value.strip() for value in fields_of(content_type, body).values())


def test_a_file_keeps_its_bytes_and_its_name(page):
    data = bytes(range(256)) + b"\r\n--not-the-boundary\r\n\r\n"
    body, content_type = page.multipart(name="naïve.pdf", data=data)
    fields = fields_of(content_type, body)
    assert fields["draft"] == data
    assert fields["draft-name"].decode() == "naïve.pdf"
