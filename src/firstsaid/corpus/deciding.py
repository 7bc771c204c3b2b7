"""The user's decisions: an append-only log, anchored anew after every run; what no longer anchors is listed, never dropped."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from firstsaid.columns import from_dict
from firstsaid.errors import UsageError
from firstsaid.model import Anchor, Decision, Evidence, Finding, Mention
from firstsaid.store import connect, read, write
from firstsaid.text import words

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

CONTEXT_CHARS = 32
"""Length of an anchor's prefix and suffix: what the W3C annotation tools use."""
FINDING_VERDICTS = ("confirmed", "dismissed", "noted")
NAME_VERDICTS = ("joined", "split", "confirmed")


def decide(corpus: Corpus, finding: Finding, verdict: str, why: str, made: int) -> Decision:
    """Append a decision about a finding, with its evidence as anchors."""
    if verdict not in FINDING_VERDICTS:
        raise UsageError(f"no verdict {verdict!r}. Verdicts: {', '.join(FINDING_VERDICTS)}")
    if verdict == "dismissed" and not why.strip():
        raise UsageError('a dismissal needs a reason: --why "..."')
    decision = Decision(finding.id, finding.kind, verdict, why, made, tuple(_anchor(corpus, piece) for piece in finding.evidence))
    with connect.transaction(corpus.connection):
        write.add_decision(corpus.connection, decision)
    return decision


def decide_names(corpus: Corpus, left: str, right: str, verdict: str, why: str, made: int) -> Decision:
    """Append a decision on whether two spellings mean one person or body, anchored in a text that has each. `trace` then follows it."""
    if verdict not in NAME_VERDICTS:
        raise UsageError(f"no verdict {verdict!r} on names. Verdicts: {', '.join(NAME_VERDICTS)}")
    one, other = _mention_of(corpus, left), _mention_of(corpus, right)
    if words(one.surface).keys == words(other.surface).keys:
        raise UsageError(f"{left!r} and {right!r} are one spelling: nothing to decide between them")
    anchors = tuple(_anchor(corpus, Evidence(found.document_id, found.start, found.end, "")) for found in (one, other))
    decision = Decision(one.name_id, "name", verdict, why, made, anchors)
    with connect.transaction(corpus.connection):
        write.add_decision(corpus.connection, decision)
    return decision


def _mention_of(corpus: Corpus, spelling: str) -> Mention:
    """The first place where a spelling stands.

    Raises:
        UsageError: it stands nowhere.
    """
    wanted = words(spelling).keys
    for row in corpus.connection.execute("SELECT DISTINCT surface FROM mention ORDER BY surface"):
        if wanted and words(row["surface"]).keys == wanted:
            found = read.derived(
                corpus.connection, Mention, "mention", "WHERE surface = ? ORDER BY document_id, start LIMIT 1", (row["surface"],)
            )
            return next(found)
    raise UsageError(f"no text has the name {spelling!r}, spelled so. See: firstsaid list {corpus.path} names")


def _anchor(corpus: Corpus, piece: Evidence) -> Anchor:
    document = corpus.document(piece.document_id)
    text = document.text
    return Anchor(
        document.location, document.id, piece.start, piece.end, text[piece.start : piece.end],
        text[max(0, piece.start - CONTEXT_CHARS) : piece.start], text[piece.end : piece.end + CONTEXT_CHARS],
    )  # fmt: skip


def import_decisions(connection: sqlite3.Connection, path: Path) -> tuple[int, int]:
    """Append the decisions of an exported log (`decisions.jsonl`, or the folder it lies in) that are not in ours. Returns (new, known).

    Raises:
        UsageError: there is no such file, or a line is no decision.
    """
    path = path / "decisions.jsonl" if path.is_dir() else path
    if not path.is_file():
        raise UsageError(f"there is no {path}. Make one with: firstsaid export OTHER.firstsaid --to jsonl -o FOLDER")
    known = set(read.decisions(connection))
    n_known = 0
    fresh: list[Decision] = []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        try:
            decision = from_dict(Decision, json.loads(line))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise UsageError(f"line {number} of {path} is no decision ({error}). Nothing was taken in") from error
        if decision in known:
            n_known += 1
        else:
            known.add(decision)
            fresh.append(decision)
    with connect.transaction(connection):
        for decision in fresh:
            write.add_decision(connection, decision)
    return len(fresh), n_known


def current_decisions(connection: sqlite3.Connection) -> dict[str, Decision]:
    """The last decision on each finding, by the finding's present id."""
    found = _anchored(connection)
    return {subject_id: decision for decision, subject_id in found if subject_id is not None and decision.subject_kind != "name"}


def unanchored(connection: sqlite3.Connection) -> list[Decision]:
    """Decisions about findings that are no longer made, and about spellings that stand in no text any more."""
    return [decision for decision, finding_id in _anchored(connection) if finding_id is None]


def _anchored(connection: sqlite3.Connection) -> list[tuple[Decision, str | None]]:
    """Each decision with the finding it is about now: the same id, else the same kind resting on the same words."""
    log = read.decisions(connection)
    if not log:
        return []
    present = {row[0] for row in connection.execute("SELECT id FROM finding")}
    return [(one, one.subject_id if one.subject_id in present else _find_again(connection, one)) for one in log]


def _spellings_again(connection: sqlite3.Connection, decision: Decision) -> str | None:
    """The decision's own subject while every spelling that it is about stands in some text."""
    for anchor in decision.anchors:
        if not connection.execute("SELECT 1 FROM mention WHERE surface = ?", (anchor.exact,)).fetchone():
            return None
    return decision.subject_id


def _find_again(connection: sqlite3.Connection, decision: Decision) -> str | None:
    if decision.subject_kind == "name":
        return _spellings_again(connection, decision)
    spans = [_locate(connection, anchor) for anchor in decision.anchors]
    rows = connection.execute("SELECT id, evidence FROM finding WHERE kind = ?", (decision.subject_kind,))
    for row in rows:
        pieces = json.loads(row["evidence"])
        if spans and all(
            span is not None
            and any(piece["document_id"] == span[0] and piece["start"] < span[2] and span[1] < piece["end"] for piece in pieces)
            for span in spans
        ):
            return str(row["id"])
    return None


def _locate(connection: sqlite3.Connection, anchor: Anchor) -> tuple[str, int, int] | None:
    """Where the anchor's words stand now in a document of its location: nearest to where they stood, with their context if it is there."""
    best: tuple[int, str, int] | None = None
    for row in connection.execute("SELECT id, text FROM document WHERE is_current AND location = ?", (anchor.location,)):
        for wording, shift in ((anchor.prefix + anchor.exact + anchor.suffix, len(anchor.prefix)), (anchor.exact, 0)):
            at = row["text"].find(wording)
            if wording and at >= 0:
                distance = abs(at + shift - anchor.start)
                if best is None or distance < best[0]:
                    best = (distance, row["id"], at + shift)
                break
    return None if best is None else (best[1], best[2], best[2] + len(anchor.exact))
