"""A draft with verdicts in its margin. The draft is nobody else's business: it is read, held against the corpus, and forgotten."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from firstsaid.errors import UsageError
from firstsaid.model import Verdict
from firstsaid.showing.comparing import against
from firstsaid.showing.forms import FILE_NAME
from firstsaid.showing.kinds import CHECKED_WORDS, VERDICT_WORDS
from firstsaid.showing.lines import Lines
from firstsaid.showing.reading_view import stretches
from firstsaid.showing.screens import DraftView
from firstsaid.showing.spoken import direction, plain
from firstsaid.showing.sweeping import Mark, blocks, numbered
from firstsaid.showing.views import CheckedLine, EvidenceLine, Note
from firstsaid.text import shortened
from firstsaid.unfinished import private_folder

MOST_DRAFT_BYTES = 8_000_000
"""A book as PDF; more than this is no draft."""
MOST_EVIDENCE = 3
"""Pieces of evidence beside one verdict: the margin is narrow, and one place refutes."""
PREFIX = "d-draft"
FLAGGED, IN_ORDER = "flagged", "fine"
_SAFE_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def asked() -> DraftView:
    """The page before a draft is given."""
    return DraftView("", False, (), (), (), "ltr", 0, 0, (), ())


def checked(lines: Lines, given: Mapping[str, bytes]) -> DraftView:
    """The verdicts on a draft that was pasted (`text`) or given as a file (`draft`).

    It lies in a folder of its own that nobody else may read while it is being read, and is removed before anything is shown.

    Raises:
        UsageError: nothing was given, or it holds no text that can be read.
    """
    data, name = given.get("draft", b""), given.get(FILE_NAME.format("draft"), b"").decode("utf-8", "replace")
    if not data.strip():
        data, name = given.get("text", b"").replace(b"\r\n", b"\n"), "pasted.txt"
    if not data.strip():
        raise UsageError("no draft was given: paste its text, or choose a file")
    suffix = _SAFE_SUFFIX.search(name)
    with private_folder("firstsaid-draft-") as folder:
        path = folder / ("draft" + (suffix.group() if suffix else ".txt"))
        path.write_bytes(data)
        try:
            found = lines.corpus.check(path)
        except UsageError as error:
            raise UsageError(str(error).replace(str(path), plain(name))) from error
    counts: Counter[str] = Counter(FLAGGED if verdict.flag else IN_ORDER for verdict in found.verdicts)
    marks = numbered([_mark(lines, found.text, verdict, at) for at, verdict in enumerate(found.verdicts) if verdict.start < verdict.end])
    lines.prepare(found.left_out)
    return DraftView(
        name="" if name == "pasted.txt" else plain(name),
        is_checked=True,
        blocks=tuple(blocks(found.text, list(stretches(found.text, ())), marks, PREFIX)),
        to_look_at=tuple(_line(found.text, verdict, number) for verdict, number in _with_numbers(found.verdicts, marks) if verdict.flag),
        in_order=tuple(_line(found.text, verdict, number) for verdict, number in _with_numbers(found.verdicts, marks) if not verdict.flag),
        direction=direction(found.text),
        n_flagged=counts[FLAGGED],
        n_fine=counts[IN_ORDER],
        left_out=lines.documents(found.left_out),
        notes=tuple(plain(note) for note in getattr(found, "notes", ())),
    )


def _key(at: int) -> str:
    return f"verdict-{at}"


def _with_numbers(verdicts: Sequence[Verdict], marks: Sequence[tuple[Mark, int]]) -> list[tuple[Verdict, int]]:
    number_of = {mark.key: number for mark, number in marks}
    return [(verdict, number_of.get(_key(at), 0)) for at, verdict in enumerate(verdicts)]


def _mark(lines: Lines, text: str, verdict: Verdict, at: int) -> Mark:
    layer = FLAGGED if verdict.flag else IN_ORDER
    evidence = tuple(_evidence(lines, text[verdict.start : verdict.end], verdict))
    if not verdict.flag:
        # What is as it should be takes one line, with its place a click away.
        return Mark(verdict.start, verdict.end, layer, Note(0, layer, _words(verdict), (), evidence[0].href if evidence else ""), _key(at))
    head = f"{CHECKED_WORDS.get(verdict.type, verdict.type)}: {_words(verdict)}"
    return Mark(verdict.start, verdict.end, layer, Note(0, layer, head, (plain(verdict.why),), "", evidence), _key(at))


def _words(verdict: Verdict) -> str:
    words = VERDICT_WORDS.get(verdict.verdict, verdict.verdict)
    return words[0].lower() + words[1:]


def _evidence(lines: Lines, words: str, verdict: Verdict) -> list[EvidenceLine]:
    found = []
    for span in verdict.evidence[:MOST_EVIDENCE]:
        line = lines.span(span.document_id, span.start, span.end)
        # Where words were changed on the way into the draft, the place in the corpus shows which.
        found.append(
            replace(line, pieces=against(words, line.text)) if verdict.flag and verdict.type in ("quotation", "uncredited") else line
        )
    return found


def _line(text: str, verdict: Verdict, number: int) -> CheckedLine:
    return CheckedLine(
        number=number,
        href=f"#n-draft-{number}" if number else "",
        type_words=CHECKED_WORDS.get(verdict.type, verdict.type),
        verdict=verdict.verdict,
        verdict_words=VERDICT_WORDS.get(verdict.verdict, verdict.verdict),
        words=shortened(text[verdict.start : verdict.end], 140),
        why=plain(verdict.why),
    )
