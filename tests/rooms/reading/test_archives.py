"""Archives, mailboxes, web archives and feeds: every member is a capture of its own, and every way in has a limit."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from firstsaid.dates import to_edtf
from firstsaid.model import Intake, Problem, Received
from firstsaid.reading import gather, read, unpacking

STORY = "The council of Norhaven voted on Tuesday to close the northern pier, which the harbour master had called unsafe since the winter."
PAGE = f"<html><head><title>Pier closes</title></head><body><article><h1>Pier closes</h1><p>{STORY}</p></article></body></html>"


def zipped(members: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def taken_in(path: Path) -> tuple[dict[str, Received], list[Problem]]:
    found = list(gather([path], captured=0))
    return {item.location: item for item in found if isinstance(item, Received)}, [item for item in found if isinstance(item, Problem)]


def titles(intake: Intake) -> list[str | None]:
    return [part.title for part in intake.parts]


# ------------------------------------------------------------------------------------------------------------- archives


def test_each_file_of_a_zip_archive_is_a_capture(tmp_path):
    path = tmp_path / "press.zip"
    path.write_bytes(
        zipped({"b/2019-03-04.txt": STORY, "a.html": PAGE, "__MACOSX/x.txt": "x", "rows.jsonl": '{"id": "1", "text": "It rained."}\n'})
    )
    received, problems = taken_in(path)
    assert list(received) == ["press.zip!a.html", "press.zip!b/2019-03-04.txt", "press.zip!rows.jsonl"]
    assert problems == []
    assert received["press.zip!a.html"].container == str(path)
    (part,) = read(received["press.zip!b/2019-03-04.txt"]).parts
    assert part.published is not None
    assert to_edtf(part.published) == "2019-03-04"


def test_an_archive_in_an_archive_and_a_locked_file_are_said(tmp_path):
    path = tmp_path / "outer.zip"
    path.write_bytes(zipped({"inner.zip": zipped({"a.txt": STORY}), "b.txt": STORY}))
    received, problems = taken_in(path)
    assert list(received) == ["outer.zip!b.txt"]
    assert [problem.kind for problem in problems] == ["nested-archive"]


def test_an_archive_that_unpacks_without_end_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "EXPANSION_FLOOR_BYTES", 1 << 20)
    monkeypatch.setattr(unpacking, "MAX_EXPANSION", 2)
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped({"a.txt": STORY, "b.txt": b"\0" * (8 << 20), "c.txt": STORY}))
    received, problems = taken_in(path)
    assert list(received) == ["bomb.zip!a.txt"]
    assert [problem.kind for problem in problems] == ["expands-too-far"]


@pytest.mark.parametrize("name", ["torn.zip", "torn.warc.gz", "torn.warc", "torn.mbox"])
def test_a_damaged_archive_is_a_problem_and_the_rest_goes_on(name, tmp_path):
    whole = {"torn.zip": zipped({"a.txt": STORY * 50}), "torn.warc.gz": web_archive(), "torn.warc": web_archive(is_packed=False)}
    (tmp_path / name).write_bytes(whole.get(name, b"")[:-200])
    (tmp_path / "z.txt").write_text(STORY)
    received, problems = taken_in(tmp_path)
    assert "z.txt" in received
    assert problems


@pytest.mark.parametrize("name", ["a.zip", "a.warc", "a.warc.gz", "a.mbox"])
def test_an_archive_of_nothing_is_said(name, tmp_path):
    (tmp_path / name).write_bytes(zipped({}) if name == "a.zip" else b"")
    assert [problem.kind for problem in taken_in(tmp_path)[1]] == ["empty"]


def test_a_member_may_not_leave_the_archive(tmp_path):
    path = tmp_path / "evil.zip"
    path.write_bytes(zipped({"../../etc/passwd": STORY, "/abs.txt": STORY, "c\x1b[31m.txt": STORY}))
    received, _ = taken_in(path)
    assert all(location.startswith("evil.zip!") for location in received)
    assert not (tmp_path.parent / "etc").exists()


# ------------------------------------------------------------------------------------------------------------- mails

MAIL = f"""From: "Harbour Office" <press@norhaven.example>
Subject: =?utf-8?q?Pier_closes_=E2=80=93_statement?=
Date: Tue, 05 Mar 2019 10:15:00 +0100
Content-Type: text/plain; charset=utf-8

{STORY}

Ada wrote:
> Will the pier be closed?
> I heard so.

Yes.
"""


def mail(text: str | bytes) -> Received:
    data = text.encode() if isinstance(text, str) else text
    return Received("a.eml", "a.eml", 0, "message/rfc822", data, 0, "file")


def test_a_mail_gives_subject_sender_date_and_what_it_quotes():
    intake = read(mail(MAIL))
    (part,) = intake.parts
    assert part.title == "Pier closes – statement"
    assert part.authors == ("Harbour Office",)
    assert part.published is not None
    assert to_edtf(part.published).startswith("2019-03-05")
    (quote,) = [item for item in intake.layout if item.kind == "block_quote"]
    assert intake.text[quote.start : quote.end] == "Will the pier be closed?\nI heard so."
    assert intake.problems == ()


def test_attachments_are_named_and_a_page_is_read_where_there_is_no_plain_text():
    text = (
        "From: a@b.example\nDate: Tue, 5 Mar 2019 10:15:00 +0100\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        f"--x\nContent-Type: text/html; charset=utf-8\n\n<p>{STORY}</p>\n--x\nContent-Type: application/pdf\n"
        "Content-Disposition: attachment; filename=budget.pdf\n\nabc\n--x--\n"
    )
    intake = read(mail(text))
    assert intake.text == STORY
    assert [problem.kind for problem in intake.problems] == ["attachment-left-out"]
    assert "budget.pdf" in intake.problems[0].message


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\n\n", b"From: \n\n", b"Content-Type: text/plain; charset=no-such\n\nabc", b"Date: never\n\nIt rained.",
        b"\xff\xfe\x00" * 40,
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n" * 5_000, b"Subject: " + b"=?utf-8?b?" * 3_000 + b"\n\nIt rained.",
        b"From: " + b"<" * 9_000 + b"\n\nIt rained.", b"Content-Transfer-Encoding: base64\n\n!!!",
    ],
)  # fmt: skip
def test_a_mail_of_nonsense_is_read_or_said(data):
    intake = read(mail(data))
    assert intake.parts or intake.problems


def test_a_mailbox_is_cut_at_its_mails(tmp_path):
    path = tmp_path / "list.mbox"
    path.write_text(f"From a@b Tue Mar  5 10:15:00 2019\n{MAIL}\nFrom here on it is text.\n\nFrom c@d Tue Mar  5 10:20:00 2019\n{MAIL}")
    received, problems = taken_in(path)
    assert problems == []
    # "From " behind an empty line begins a mail, in every mailbox program: the text that does so is cut too.
    assert list(received) == ["list.mbox!1", "list.mbox!2", "list.mbox!3"]
    assert read(received["list.mbox!3"]).parts[0].title == "Pier closes – statement"


# ------------------------------------------------------------------------------------------------------------- web archives


def web_archive(*, is_packed: bool = True) -> bytes:
    """Records as crawlers write them; packed, each is a gzip member of its own."""
    records = []
    for address, kind, status, body, day in (
        ("https://tide.example/pier", "text/html; charset=utf-8", "200 OK", PAGE, "2019-03-05T10:00:00Z"),
        ("https://tide.example/pier", "text/html", "200 OK", PAGE.replace("closes", "reopens"), "2019-04-01T10:00:00Z"),
        ("https://tide.example/logo.png", "image/png", "200 OK", "PNG", "2019-03-05T10:00:00Z"),
        ("https://tide.example/gone", "text/html", "404 Not Found", PAGE, "2019-03-05T10:00:00Z"),
    ):
        payload = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{body}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{len(records)}>\r\nWARC-Date: {day}\r\n"
            f"WARC-Target-URI: {address}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(payload)}\r\n\r\n"
        )
        records.append(head.encode() + payload + b"\r\n\r\n")
    return b"".join(gzip.compress(record, mtime=0) if is_packed else record for record in records)


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc", "crawl.wacz"])
def test_pages_of_a_web_archive_stand_at_their_addresses_and_times(name, tmp_path):
    data = web_archive(is_packed=not name.endswith(".warc"))
    path = tmp_path / name
    path.write_bytes(zipped({"archive/data.warc.gz": data}) if name.endswith(".wacz") else data)
    found = [item for item in gather([path], captured=0) if isinstance(item, Received)]
    assert [item.location for item in found] == ["https://tide.example/pier", "https://tide.example/pier"]
    assert [item.captured for item in found] == [25_863_000, 25_901_880]
    assert len({item.offset for item in found}) == 2
    assert titles(read(found[1])) == ["Pier reopens"]


# ------------------------------------------------------------------------------------------------------------- feeds

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>The Tide</title><link>https://tide.example</link><language>en-GB</language>
<item><title>Pier closes</title><link>https://tide.example/pier</link><guid>tide-1</guid><dc:creator>Ada Lund</dc:creator>
<pubDate>Tue, 05 Mar 2019 10:00:00 +0000</pubDate><description>short</description>
<content:encoded><![CDATA[<p>{STORY}</p><blockquote><p>“It will not reopen.”</p></blockquote>]]></content:encoded></item>
<item><title>Only a link</title><link>https://tide.example/link</link><guid>tide-2</guid></item>
<item><title>A picture</title><guid>tide-3</guid><description>pier.jpg</description><wp:post_type>attachment</wp:post_type></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Ebb</title><entry><id>urn:1</id><title>Pier closes</title>
<updated>2019-03-06T10:00:00Z</updated><published>2019-03-05T10:00:00Z</published><author><name>Per Holm</name></author>
<content type="html">&lt;p&gt;{STORY}&lt;/p&gt;</content></entry></feed>"""


def feed(text: str, name: str = "feed.xml", media_type: str = "application/xml") -> Received:
    return Received(name, name, 0, media_type, text.encode(), 0, "file")


def test_every_entry_of_a_feed_is_a_document():
    intake = read(feed(RSS))
    (part,) = intake.parts
    assert (part.name, part.title, part.outlet, part.url, part.authors) == (
        "tide-1", "Pier closes", "The Tide", "https://tide.example/pier", ("Ada Lund",),
    )  # fmt: skip
    assert part.published is not None
    assert to_edtf(part.published).startswith("2019-03-05")
    assert intake.text[part.start : part.end] == f"Pier closes\n\n{STORY}\n\n“It will not reopen.”"
    assert [item.kind for item in intake.layout if item.kind == "block_quote"] == ["block_quote"]
    assert [problem.kind for problem in intake.problems] == ["row-without-text"]


def test_an_atom_feed_gives_the_date_of_publication_and_of_change():
    (part,) = read(feed(ATOM, "posts.atom", "application/atom+xml")).parts
    assert part.published is not None
    assert part.modified is not None
    assert (part.published.basis, part.published.is_before(part.modified), part.authors) == ("feed", True, ("Per Holm",))


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel></channel></rss>",
        RSS[: len(RSS) // 2],
        "<rss>" * 3_000,
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "' + "x" * 10_000 + '"><!ENTITY b "' + "&a;" * 1_000 + '">]>'
        "<rss><channel><item><title>" + "&b;" * 1_000 + "</title><description>It rained.</description></item></channel></rss>",
        '<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss><channel><item><description>&e; It rained.</description></item>'
        "</channel></rss>",
    ],
)  # fmt: skip
def test_a_feed_of_nonsense_is_read_or_said(text):
    intake = read(feed(text))
    assert intake.parts or intake.problems
    assert "root:" not in intake.text
    assert len(intake.text) < 1_000_000


def test_a_packed_feed_in_a_folder_is_read(tmp_path):
    (tmp_path / "posts.rss.gz").write_bytes(gzip.compress(RSS.encode()))
    received, problems = taken_in(tmp_path)
    assert problems == []
    assert titles(read(received["posts.rss.gz"])) == ["Pier closes"]
