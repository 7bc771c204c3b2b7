"""Word documents: what is read, what is left out and said, and what a hostile one cannot do."""

import io
import zipfile

import pytest

from firstsaid.model import Received
from firstsaid.reading import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def package(body, **more):
    parts = {"word/document.xml": f"<w:document {W} {R}><w:body>{body}</w:body></w:document>", **more}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return packed.getvalue()


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner, style=""):
    settings = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{settings}{inner}</w:p>"


def intake(data, location="draft.docx"):
    return read(Received(location, location, 0, "application/octet-stream", data, 0, "file"))


def test_paragraphs_stand_in_order_with_headings_lists_and_quotations_marked():
    found = intake(
        package(
            paragraph(run("The new pier"), "Heading1")
            + paragraph(run("It opens on 3 May 2024."))
            + paragraph(run("We built it twice."), "Quote")
            + paragraph(run("a lamp"), "ListBullet")
        )
    )
    assert found.text == "The new pier\n\nIt opens on 3 May 2024.\n\nWe built it twice.\n\na lamp"
    assert [item.kind for item in found.layout] == ["heading", "paragraph", "block_quote", "list_item"]
    assert found.parts[0].title == "The new pier"


def test_tracked_insertions_are_read_and_deletions_are_not_and_that_is_said():
    inserted = f"<w:ins>{run('not ')}</w:ins>"
    deleted = "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
    found = intake(package(paragraph(run("It will ") + inserted + deleted + run("close."))))
    assert found.text == "It will not close."
    (problem,) = [one for one in found.problems if one.kind == "tracked-changes"]
    assert "1 insertions" in problem.message
    assert "1 deletions" in problem.message


def test_moved_text_is_read_once_in_its_new_place():
    moved = f"<w:moveFrom>{run('old place ')}</w:moveFrom>", f"<w:moveTo>{run('new place')}</w:moveTo>"
    assert intake(package(paragraph(moved[0] + run("here ") + moved[1]))).text == "here new place"


def test_footnotes_follow_the_text_and_markers_point_to_them():
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{paragraph(run("The Herald, 2 May."))}</w:footnote></w:footnotes>'
    body = paragraph(run("It was sold.") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    found = intake(package(body, **{"word/footnotes.xml": notes}))
    assert found.text == "It was sold.[1]\n\n[1] The Herald, 2 May."
    assert [(item.kind, item.target) for item in found.layout] == [("paragraph", None), ("footnote", "1")]


def test_links_keep_their_address():
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" TargetMode="External" Target="https://example.org/a" Type="x"/></Relationships>'
    )
    body = paragraph(run("As ") + f'<w:hyperlink r:id="r1">{run("they wrote")}</w:hyperlink>' + run("."))
    found = intake(package(body, **{"word/_rels/document.xml.rels": relations}))
    (link,) = [item for item in found.layout if item.kind == "link"]
    assert (found.text[link.start : link.end], link.target) == ("they wrote", "https://example.org/a")


def test_comments_are_left_out_and_counted():
    comments = f'<w:comments {W}><w:comment w:id="0">{paragraph(run("check this"))}</w:comment></w:comments>'
    found = intake(package(paragraph(run("It is so.")), **{"word/comments.xml": comments}))
    assert found.text == "It is so."
    assert "comments-left-out" in [problem.kind for problem in found.problems]


def test_words_of_tables_and_text_boxes_are_read_once():
    box = f"<w:pict><w:txbxContent>{paragraph(run('in a box'))}</w:txbxContent></w:pict>"
    table = f"<w:tbl><w:tr><w:tc>{paragraph(run('cell'))}</w:tc></w:tr></w:tbl>"
    assert intake(package(paragraph(run("before") + f"<w:r>{box}</w:r>") + table)).text == "before\n\nin a box\n\ncell"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (package(paragraph(run("x")), **{"word/styles.xml": f"<!DOCTYPE a [<!ENTITY b 'c'>]><w:styles {W}/>"}), "unsafe-xml"),
        (package("<w:p>", **{}), "damaged"),
        (package(""), "empty"),
        (package(paragraph(run("x")))[:-40], "no-reader"),
    ],
)
def test_strange_documents_are_a_problem_and_no_crash(data, kind):
    found = intake(data)
    assert found.parts == ()
    assert found.problems[0].kind == kind


def test_a_packed_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("firstsaid.reading.docx.MAX_MEMBER_BYTES", 1_000)
    assert intake(package(paragraph(run("word " * 1_000)))).problems[0].kind == "expands-too-far"


def test_a_deep_document_is_read_without_deep_recursion():
    inner = "<w:sdt><w:sdtContent>" * 200 + paragraph(run("at the bottom")) + "</w:sdtContent></w:sdt>" * 200
    found = intake(package(inner))
    assert found.text == "at the bottom" or found.problems[0].kind == "damaged"
