"""A copy of a checked draft with what was flagged in its margin: as comments of Word, or as CriticMarkup in Markdown."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from firstsaid.errors import UsageError
from firstsaid.model import Verdict

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus
    from firstsaid.corpus.drafts import DraftCheck

AUTHOR, INITIALS = "Firstsaid", "FS"
MOST_EVIDENCE = 3
MOST_EVIDENCE_CHARS = 300
"""Of a document's words in a comment: the margin is narrow."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML file may hold."""


def write_commented(corpus: Corpus, draft: Path, check: DraftCheck, output: Path) -> None:
    """Write a copy of the draft with one comment for each flagged verdict; the draft itself is never touched.

    `.docx`: of a Word draft the copy keeps its form; any other draft becomes plain paragraphs. `.md`: the draft's text with
    `{==words==}{>>comment<<}`, the marks of CriticMarkup.

    Raises:
        UsageError: another ending, or `output` is the draft.
    """
    if output.exists() and output.samefile(draft):
        raise UsageError(f"{output} is the draft itself; give another name for the copy")
    suffix = output.suffix.lower()
    flagged = [verdict for verdict in check.verdicts if verdict.flag]
    if suffix == ".md":
        output.write_text(_with_marks(corpus, check.text, flagged), encoding="utf-8")
    elif suffix == ".docx":
        _write_word(corpus, draft, check.text, flagged, output)
    else:
        raise UsageError(f"comments go into a .docx or a .md file, not into {output.name}")


def _comment(corpus: Corpus, verdict: Verdict) -> str:
    """The verdict, why, and the places, one a line."""
    lines = [f"{verdict.verdict} ({verdict.type}): {verdict.why}"]
    for span in verdict.evidence[:MOST_EVIDENCE]:
        document = corpus.document(span.document_id)
        words = " ".join(document.text[span.start : span.end].split())
        lines.append(f"{document.location}: “{words[:MOST_EVIDENCE_CHARS]}”" if words else document.location)
    return _NOT_XML.sub(" ", "\n".join(lines))


def _with_marks(corpus: Corpus, text: str, flagged: list[Verdict]) -> str:
    pieces, rest = [], 0
    for verdict in _apart(flagged):
        comment = " ".join(_comment(corpus, verdict).split()).replace("<<}", "<< }")
        pieces += [text[rest : verdict.start], f"{{=={text[verdict.start : verdict.end]}==}}{{>>{comment}<<}}"]
        rest = verdict.end
    return "".join((*pieces, text[rest:]))


def _apart(flagged: list[Verdict]) -> Iterator[Verdict]:
    """Those that do not lie in one another: marks cannot be nested, the first and longest is kept."""
    rest = 0
    for verdict in sorted(flagged, key=lambda one: (one.start, -one.end)):
        if verdict.start >= rest and verdict.end > verdict.start:
            yield verdict
            rest = verdict.end


def _write_word(corpus: Corpus, draft: Path, text: str, flagged: list[Verdict], output: Path) -> None:
    import docx

    is_word = draft.suffix.lower() == ".docx"
    document = docx.Document(str(draft)) if is_word else docx.Document()
    if not is_word:
        for paragraph in text.split("\n\n"):
            document.add_paragraph(_NOT_XML.sub(" ", paragraph.strip("\n")))
    paragraphs = [(runs, "".join(run.text for run in runs)) for runs in _runs_of(document)]
    at = 0
    for verdict in _apart(flagged):
        words = text[verdict.start : verdict.end]
        place = _find(paragraphs, words, at)
        if place is None:
            # Words over two paragraphs, in a table or a note: the comment stands at the paragraph it begins in, or at the first.
            place = _find(paragraphs, words.split("\n")[0][:40], at) or _find(paragraphs, words.split("\n")[0][:40], 0)
        runs = _runs_at(paragraphs, *place) if place else next((runs[:1] for runs, _ in paragraphs if runs), [])
        if runs:
            document.add_comment(runs=runs, text=_comment(corpus, verdict), author=AUTHOR, initials=INITIALS)
            at = place[0] if place else at
    document.core_properties.comments = f"{len(flagged)} places to look at, written by Firstsaid"
    document.save(str(output))


def _runs_of(document: Any) -> Iterator[list[Any]]:
    """The runs of every paragraph, also in tables and in tracked insertions, without those that were deleted."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    gone = {qn("w:del"), qn("w:moveFrom")}
    for element in document.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, document)
        yield [Run(run, paragraph) for run in element.iter(qn("w:r")) if not any(one.tag in gone for one in run.iterancestors())]


def _find(paragraphs: list[tuple[Any, str]], words: str, first: int) -> tuple[int, int, int] | None:
    for number in range(first, len(paragraphs)):
        at = paragraphs[number][1].find(words)
        if words and at >= 0:
            return number, at, at + len(words)
    return None


def _runs_at(paragraphs: list[tuple[list[Any], str]], number: int, start: int, end: int) -> list[Any]:
    """The runs that hold the characters `start`..`end` of a paragraph, cut there where they are plain text."""
    at = 0
    found: list[Any] = []
    kept: list[Any] = []
    for run in paragraphs[number][0]:
        length = len(run.text)
        low, high = max(start, at), min(end, at + length)
        if low < high:
            cut = _cut(run, low - at, high - at)
            found.append(cut[1])
            kept += [one for one in cut if one is not None]
        else:
            kept.append(run)
        at += length
    paragraphs[number] = kept, paragraphs[number][1]
    return found


def _cut(run: Any, low: int, high: int) -> tuple[Any, Any, Any]:
    """The run cut at two places: what stands before, between (the run itself) and behind; whole where it holds more than words."""
    from docx.text.run import Run

    text = run.text
    children = [child.tag.rpartition("}")[2] for child in run._r if not child.tag.endswith("}rPr")]
    if children != ["t"]:
        return None, run, None
    before = after = None
    if low:
        before = Run(copy.deepcopy(run._r), run._parent)
        run._r.addprevious(before._r)
        before.text = text[:low]
    if high < len(text):
        after = Run(copy.deepcopy(run._r), run._parent)
        run._r.addnext(after._r)
        after.text = text[high:]
    run.text = text[low:high]
    return before, run, after
