"""What `check` writes besides its lines: notes, a page, a copy with comments; and what it says to strange drafts."""

import docx
import pytest
from benchmarks.quality.mutants import mutants_of

import firstsaid
from firstsaid.errors import UsageError
from firstsaid.exporting import write_commented, write_draft_page

NEWS = (
    "The council of Oldport met on Monday. “We will not close the harbour baths,” said Mayor Ines Calder. "
    "The repair will cost 412,000 crowns. The baths were built in 1931 and have two pools, of which the larger is heated by the gasworks."
)
DRAFT = "“We will close the harbour baths,” said Mayor Ines Calder.\n\nThe repair will cost 412,000 crowns.\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("oldport")
    (folder / "texts").mkdir()
    (folder / "texts" / "2024-03-05-courier.txt").write_text(f"Harbour baths\n\n{NEWS}\n", encoding="utf-8")
    with firstsaid.open(folder / "case.firstsaid") as opened:
        opened.add(folder / "texts")
        opened.trace()
        yield opened


def checked(corpus, tmp_path, text, name="draft.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path, corpus.check(path)


def test_the_page_shows_draft_and_evidence_and_runs_no_script(corpus, tmp_path):
    path, found = checked(corpus, tmp_path, DRAFT + "\n<script>alert(1)</script>\n")
    write_draft_page(corpus, path, found, tmp_path / "out.html")
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert '<mark class="flag" id="d1">We will close the harbour baths' in page
    assert "We will not close the harbour baths" in page
    assert "<script" not in page


def test_a_markdown_copy_has_the_flagged_words_marked(corpus, tmp_path):
    path, found = checked(corpus, tmp_path, DRAFT)
    write_commented(corpus, path, found, tmp_path / "out.md")
    copy = (tmp_path / "out.md").read_text(encoding="utf-8")
    assert "{==We will close the harbour baths" in copy
    assert copy.count("{>>") == 1
    assert "leaves out “not”" in copy


def test_a_word_draft_keeps_its_form_and_gets_comments_in_its_margin(corpus, tmp_path):
    written = docx.Document()
    paragraph = written.add_paragraph("“We will ")
    paragraph.add_run("close").bold = True
    paragraph.add_run(" the harbour baths,” said Mayor Ines Calder.")
    path = tmp_path / "draft.docx"
    written.save(str(path))
    before = path.read_bytes()
    write_commented(corpus, path, corpus.check(path), tmp_path / "out.docx")
    copy = docx.Document(str(tmp_path / "out.docx"))
    (comment,) = list(copy.comments)
    assert "altered" in comment.text
    assert copy.paragraphs[0].text == "“We will close the harbour baths,” said Mayor Ines Calder."
    assert [run.text for run in copy.paragraphs[0].runs if run.bold] == ["close"]
    assert path.read_bytes() == before


def test_the_copy_is_never_written_over_the_draft(corpus, tmp_path):
    path, found = checked(corpus, tmp_path, DRAFT, "draft.md")
    with pytest.raises(UsageError, match="another name"):
        write_commented(corpus, path, found, path)
    with pytest.raises(UsageError, match=r"\.docx or a \.md"):
        write_commented(corpus, path, found, tmp_path / "out.txt")


def test_a_draft_without_a_quotation_says_so(corpus, tmp_path):
    _, found = checked(corpus, tmp_path, "The repair will cost 412,000 crowns.\n")
    assert [(one.type, one.flag) for one in found.verdicts] == [("figure", False)]
    assert any("No quotation" in note for note in found.notes)


def test_a_draft_in_another_language_says_so(corpus, tmp_path):
    german = "Die Stadt Oldport hat am Montag beschlossen, dass das alte Bad am Hafen saniert wird, und alle waren damit sehr zufrieden. "
    _, found = checked(corpus, tmp_path, german * 3)
    assert any("another language (de)" in note for note in found.notes)


def test_a_draft_that_is_in_the_corpus_is_no_evidence_for_itself(corpus, tmp_path):
    _, found = checked(corpus, tmp_path, f"Harbour baths\n\n{NEWS}\n")
    assert len(found.left_out) == 1
    assert [one.verdict for one in found.verdicts if one.type == "quotation"] == ["not-in-corpus"]


def test_an_empty_draft_and_rows_of_texts_are_refused_with_a_reason(corpus, tmp_path):
    (tmp_path / "rows.jsonl").write_text('{"id": 1, "text": "a b c"}\n{"id": 2, "text": "d e f"}\n', encoding="utf-8")
    with pytest.raises(UsageError):
        corpus.check(tmp_path / "rows.jsonl")
    with pytest.raises(UsageError, match="no file"):
        corpus.check(tmp_path / "nowhere.docx")


FAIR = (
    "The mayor was plain. “We will not close the harbour baths,” said Mayor Ines Calder. Mending them costs 412,000 crowns; "
    "the harbour baths date from 1931.\n"
)


def test_every_mutant_of_an_accepted_draft_is_flagged(corpus, tmp_path):
    _, found = checked(corpus, tmp_path, FAIR)
    assert [one.flag for one in found.verdicts] == [False, False, False], found.verdicts
    mutants = list(mutants_of(found.text, found.verdicts))
    assert {mutant.kind for mutant in mutants} >= {"not", "figure", "date"}
    for mutant in mutants:
        _, result = checked(corpus, tmp_path, mutant.draft)
        assert any(one.flag and one.start < mutant.end and mutant.start < one.end for one in result.verdicts), mutant
