"""Scores predicted quotations against the essay test set.

The module is pure: it reads no files and knows nothing of the code that is measured. Hand it the gold rows of
``open.jsonl`` or ``sealed.jsonl`` and, for each row, the predicted quotations and scare quotes.

Rates are ``None`` where there was nothing to count. All offsets are in code points of the row's text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NotRequired, TypedDict

OVERLAP = 0.5
ALIKE = 0.9
MARKS = "\"'“”‘’„‚«»‹›`´"
FOOTNOTE = "0123456789¹²³⁴⁵⁶⁷⁸⁹⁰*†‡"
TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lady", "lord", "dom", "prof", "professor", "father", "sister", "herr", "frau", "don"}
)
SMALL = frozenset(
    (
        "the", "a", "an", "of", "for", "and", "in", "on", "at", "to", "by", "our", "your", "his", "her", "their", "its", "that", "this",
        "der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "und", "von",
        "le", "la", "les", "l", "un", "une", "de", "du", "d", "et", "el", "los", "las", "y",
    )
)  # fmt: skip


class Speaker(TypedDict):
    """A predicted speaker: the span of the mention and the resolved name, either of which may be missing."""

    start: NotRequired[int | None]
    end: NotRequired[int | None]
    name: NotRequired[str | None]


class Predicted(TypedDict):
    """A predicted quotation; ``parent`` is the index of the enclosing predicted quotation in the same row."""

    start: int
    end: int
    spans: NotRequired[Sequence[Sequence[int]]]
    form: NotRequired[str]
    speaker: NotRequired[Speaker | None]
    parent: NotRequired[int | None]


class Prediction(TypedDict):
    """What was predicted for one row."""

    quotations: Sequence[Predicted]
    scare_quotes: NotRequired[Sequence[Mapping[str, int]]]


class Rate(TypedDict):
    """A share with what it was counted from."""

    hits: int
    total: int
    rate: float | None


class Counter:
    """Counts hits among a total."""

    def __init__(self) -> None:
        self.hits = 0
        self.total = 0

    def add(self, hit: bool) -> None:
        """Counts one case."""
        self.total += 1
        self.hits += int(hit)

    def rate(self) -> Rate:
        """Returns the share."""
        return {"hits": self.hits, "total": self.total, "rate": self.hits / self.total if self.total else None}


def load(path: Path) -> list[dict[str, Any]]:
    """Reads gold rows from a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _spans(quotation: Mapping[str, Any]) -> list[tuple[int, int]]:
    found = sorted((int(span[0]), int(span[1])) for span in quotation.get("spans") or [])
    return found or [(int(quotation["start"]), int(quotation["end"]))]


def _points(spans: Iterable[tuple[int, int]], text: str) -> frozenset[int]:
    """The offsets the spans cover, white space and quotation marks left out."""
    return frozenset(
        at for start, end in spans for at in range(start, min(end, len(text))) if not text[at].isspace() and text[at] not in MARKS
    )


def _marked(spans: Iterable[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """The first to the last of the marked stretches within the spans, for clauses of which only a part is in marks."""
    pairs = {'"': '"', "“": "”", "«": "»", "»": "«", "„": "“", "‘": "’", "'": "'"}
    found: list[tuple[int, int]] = []
    for start, end in spans:
        at = start
        while at < end:
            close = pairs.get(text[at])
            opens = close is not None and (at == 0 or not text[at - 1].isalnum())
            stop = text.find(close, at + 1, end) if close is not None and opens else -1
            while stop != -1 and close in ("'", "’") and stop + 1 < len(text) and text[stop + 1].isalnum():
                stop = text.find(close, stop + 1, end)
            if stop > at:
                found.append((at + 1, stop))
                at = stop
            at += 1
    return found


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    """Overlap over union."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def _match(
    gold: Sequence[frozenset[int]], other: Sequence[frozenset[int]], guess: Sequence[frozenset[int]], of_gold: bool
) -> dict[int, int]:
    """Pairs gold with predicted, one to one, best pairs first; returns predicted index by gold index.

    With ``of_gold`` a pair counts when half of the gold is covered; without it half of the union must be shared. ``other`` holds a
    second reading of each gold quotation (the words in marks of a mixed one), of which the better counts; it may be empty.
    """
    pairs: list[tuple[float, float, int, int]] = []
    for at, points in enumerate(gold):
        for by, have in enumerate(guess):
            closeness = max(_share(points, have), _share(other[at], have))
            cover = len(points & have) / len(points) if points else 0.0
            enough = cover >= OVERLAP if of_gold else closeness >= OVERLAP
            if enough:
                pairs.append((closeness, cover, -at, -by))
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, _, at, by in sorted(pairs, reverse=True):
        if -at not in taken and -by not in used:
            taken[-at] = -by
            used.add(-by)
    return taken


def _words(name: str) -> list[str]:
    clean = "".join(char if char.isalnum() or char == "-" else " " for char in name.casefold().replace("'s", "").replace("’s", ""))
    return [word for word in clean.split() if word not in TITLES and word not in SMALL]


def _same(name: str, wanted: str) -> bool:
    goal, have = _words(wanted), _words(name)
    if not goal or not have:
        return name.casefold().strip() == wanted.casefold().strip()
    return goal[-1] in have or set(have) <= set(goal) or set(goal) <= set(have)


def speaker_right(gold: Mapping[str, Any], guess: Mapping[str, Any], text: str) -> bool:
    """Whether the predicted speaker is the gold one.

    Right when neither names anybody (an unresolved "they" may be given or left out), when the names are equal, when the predicted
    name or the text of its span holds the last word of the gold name, when all words of one name are in the other (for bodies and
    documents), or when both spans overlap. ``speaker_also`` lists other names that are as good.
    """
    wanted = gold.get("speaker_name")
    speaker = guess.get("speaker") or {}
    start, end = speaker.get("start"), speaker.get("end")
    span_text = text[start:end] if isinstance(start, int) and isinstance(end, int) and 0 <= start < end else ""
    offered = [name for name in (speaker.get("name"), span_text) if name and name.strip()]
    mention = gold.get("speaker")
    if not wanted and not mention:
        return not offered
    if not offered:
        return not wanted
    if mention and span_text and isinstance(start, int) and isinstance(end, int) and start < mention["end"] and end > mention["start"]:
        return True
    if not wanted:
        return False
    return any(_same(name, want) for name in offered for want in [wanted, *gold.get("speaker_also", [])])


def _end(at: int, text: str) -> int:
    """The end with trailing white space, quotation marks and glued footnote signs taken off."""
    while at > 0 and (text[at - 1].isspace() or text[at - 1] in MARKS or text[at - 1] in FOOTNOTE):
        at -= 1
    return at


def _bare(start: int, end: int, text: str) -> tuple[int, int]:
    """The stretch with white space, marks and a comma or full stop taken off both ends."""
    skip = MARKS + ".,"
    while start < end and (text[start].isspace() or text[start] in skip):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in skip):
        end -= 1
    return start, end


KINDS = {"direct": "direct", "unmarked": "unmarked", "indirect": "indirect_mixed", "mixed": "indirect_mixed"}
NAMES = (
    "block_found",
    "block_speaker",
    "block_end",
    "marks_as_quotations",
    "marks_as_scare_quotes",
    "nested_found",
    "nested_parent",
    "precision",
    "recall",
    "recall_direct",
    "recall_unmarked",
    "recall_indirect_mixed",
    "speaker_direct",
    "speaker_unmarked",
    "speaker_indirect_mixed",
)


def score(rows: Sequence[Mapping[str, Any]], predictions: Mapping[str, Prediction]) -> dict[str, Rate]:
    """Scores predictions, by row id, against gold rows.

    Args:
        rows: Gold rows.
        predictions: The prediction for each row id; a row that is missing counts as one without predictions.

    Returns:
        block_found: unmarked blocks of which half the characters are covered by a predicted quotation, one to one.
        block_speaker: of all unmarked blocks, those found with the right speaker.
        block_end: of all unmarked blocks, those found that end where gold ends, trailing white space, marks and footnote digits aside.
        marks_as_quotations: marked stretches that are not quotations and are reported as quotations (less is better).
        marks_as_scare_quotes: the same stretches, reported as scare quotes.
        nested_found: quotations of level 2 and deeper found; nested_parent: of all of them, those that also hang on the right parent.
        precision: predicted quotations that match some gold quotation, one to one; the words in marks of a mixed one, predicted beside
            their clause, are not counted.
        recall, recall_direct, recall_unmarked, recall_indirect_mixed: gold quotations found; unmarked ones are words without marks that
            are no block of their own: within a running paragraph, split by a cue, or inside a block.
        speaker_direct, speaker_unmarked, speaker_indirect_mixed: of the found ones, those with the right speaker.
    """
    count = {name: Counter() for name in NAMES}
    for row in rows:
        _score_row(row, predictions.get(str(row["id"]), {"quotations": []}), count)
    return {name: counter.rate() for name, counter in count.items()}


def _score_row(row: Mapping[str, Any], prediction: Prediction, count: Mapping[str, Counter]) -> None:
    text = str(row["text"])
    gold: Sequence[Mapping[str, Any]] = row["quotations"]
    guesses: Sequence[Mapping[str, Any]] = prediction["quotations"]
    guess_points = [_points(_spans(guess), text) for guess in guesses]
    gold_points = [_points(_spans(item), text) for item in gold]
    second = [_points(_marked(_spans(item), text), text) if item["form"] == "mixed" else frozenset[int]() for item in gold]
    parts = [_points([span], text) for item in gold if item["form"] == "mixed" for span in _marked(_spans(item), text)]
    taken = _match(gold_points, second, guess_points, of_gold=False)

    blocks = [at for at, item in enumerate(gold) if item["form"] == "block"]
    block_taken = _match([gold_points[at] for at in blocks], [frozenset()] * len(blocks), guess_points, of_gold=True)
    for order, at in enumerate(blocks):
        by = block_taken.get(order)
        count["block_found"].add(by is not None)
        count["block_speaker"].add(by is not None and speaker_right(gold[at], guesses[by], text))
        count["block_end"].add(by is not None and _end(_spans(guesses[by])[-1][1], text) == _end(_spans(gold[at])[-1][1], text))

    for at, item in enumerate(gold):
        by = taken.get(at)
        count["recall"].add(by is not None)
        if item["form"] != "block":
            kind = KINDS.get(str(item["form"]), "indirect_mixed")
            count[f"recall_{kind}"].add(by is not None)
            if by is not None:
                count[f"speaker_{kind}"].add(speaker_right(item, guesses[by], text))
        if int(item["level"]) >= 2:
            count["nested_found"].add(by is not None)
            parent = guesses[by].get("parent") if by is not None else None
            count["nested_parent"].add(parent is not None and taken.get(item["parent"]) == parent)

    matched = set(taken.values())
    for by, points in enumerate(guess_points):
        within = any(_share(part, points) >= ALIKE for part in parts)
        if by in matched or not within:
            count["precision"].add(by in matched)

    quoted = {_bare(start, end, text) for guess in guesses for start, end in [*_spans(guess), (int(guess["start"]), int(guess["end"]))]}
    scare = {_bare(int(item["start"]), int(item["end"]), text) for item in prediction.get("scare_quotes", [])}
    for mark in row["marks_not_quotations"]:
        stretch = _bare(int(mark["start"]), int(mark["end"]), text)
        count["marks_as_quotations"].add(stretch in quoted)
        count["marks_as_scare_quotes"].add(stretch in scare)
