"""Scores figures, predictions, citations and bands of claim pairs against the small test sets.

The module is pure: it reads no files and knows nothing of the code that is measured. Hand each function the gold rows of
``NAME.open.jsonl`` or ``NAME.sealed.jsonl`` and what was found, as a mapping from the item's id to rows shaped as in the gold.

Every measure is a pair: how many cases it was counted from, and the rate, which is ``None`` where there was nothing to count. Offsets are
in code points of the item's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

Row = Mapping[str, Any]
Found = Mapping[str, Sequence[Row]]
Scores = dict[str, tuple[int, float | None]]

BANDS = ("same", "possibly", "not")
FORMS = ("link", "footnote_marker", "in_text", "deictic")
SHARE_SLACK = Decimal("0.05")
SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "for",
        "and",
        "in",
        "on",
        "at",
        "to",
        "by",
        "his",
        "her",
        "their",
        "its",
        "if",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "le",
        "la",
        "les",
        "l",
        "une",
        "de",
        "du",
        "los",
        "las",
    ]
)


class Tally:
    """Counts hits among cases under names."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = {}

    def add(self, name: str, hit: bool) -> None:
        """Counts one case."""
        count = self.counts.setdefault(name, [0, 0])
        count[0] += int(hit)
        count[1] += 1

    def scores(self, names: Iterable[str]) -> Scores:
        """The pairs: the given names first, even when nothing was counted, then the others in order."""
        order = [*names, *sorted(set(self.counts).difference(names))]
        pairs: Scores = {}
        for name in order:
            hits, total = self.counts.get(name, (0, 0))
            pairs[name] = (total, hits / total if total else None)
        return pairs


def _shared(one: Row, other: Row) -> int:
    """How many code points two spans share."""
    return max(0, min(int(one["end"]), int(other["end"])) - max(int(one["start"]), int(other["start"])))


def _touches(row: Row, others: Iterable[Row]) -> bool:
    return any(_shared(row, other) for other in others)


def _equal(gold: object, found: object, slack: Decimal) -> bool:
    """Whether two bounds are the same, open ones included; numbers are compared as numbers, anything else as text.

    >>> _equal("1.20", "1.2", Decimal(0)), _equal("--03-14", "--03-15", Decimal(0)), _equal(None, "3", Decimal(0))
    (True, False, False)
    """
    if gold is None or found is None:
        return gold is None and found is None
    try:
        return abs(Decimal(str(gold)) - Decimal(str(found))) <= slack
    except InvalidOperation:
        return str(gold) == str(found)


def _bounds(gold: Row, found: Row) -> tuple[bool, bool]:
    """Whether any closed bound is right, and whether both are. The slack is for shares such as 66.67 for two thirds."""
    slack = SHARE_SLACK if gold["kind"] == "share" else Decimal(0)
    same = [(gold.get(name), _equal(gold.get(name), found.get(name), slack)) for name in ("low", "high")]
    return any(right and wanted is not None for wanted, right in same), all(right for _, right in same)


def _pairs(gold: Sequence[Row], found: Sequence[Row], closeness: Any) -> dict[int, int]:
    """Pairs gold with found rows, one to one, closest first; ``closeness`` gives a sortable value or ``None`` for no pair."""
    ranked = sorted(
        (
            (near, -at, -by)
            for at, wanted in enumerate(gold)
            for by, have in enumerate(found)
            if (near := closeness(wanted, have)) is not None
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, at, by in ranked:
        if -at not in taken and -by not in used:
            taken[-at] = -by
            used.add(-by)
    return taken


def _near_figure(gold: Row, found: Row) -> tuple[int, ...] | None:
    shared = _shared(gold, found)
    some, both = _bounds(gold, found)
    return (int(both), int(some), shared) if shared and (some or gold["kind"] == "date") else None


def _near_span(gold: Row, found: Row) -> int | None:
    return _shared(gold, found) or None


def _near_sentence(gold: Row, found: Row) -> int | None:
    """At least half of the shorter span must be shared."""
    shared = _shared(gold, found)
    shorter = min(int(gold["end"]) - int(gold["start"]), int(found["end"]) - int(found["start"]))
    return shared if shared and 2 * shared >= shorter else None


def score_figures(gold: Iterable[Row], found: Found) -> Scores:
    """Scores figures.

    A figure is found when a span overlaps it and one closed bound is equal (for dates the overlap will do). ``bounds``, ``unit``,
    ``kind``, ``unit_and_kind`` and ``modifier`` are shares of the found ones; ``false_alarms`` and ``not_figures`` are shares of all rows
    found (those that only touch an ``optional`` stretch left out), the latter being those on footnote digits, model names and the like.

    >>> gold = [{"id": "f", "language": "en", "text": "over 45 hurt.3", "figures": [{"start": 0, "end": 7, "low": "45",
    ...     "high": None, "unit": "person", "kind": "count", "modifier": "more_than", "of": "hurt"}],
    ...     "not_figures": [{"start": 13, "end": 14, "why": ""}]}]
    >>> rows = [{"start": 5, "end": 7, "low": "45.0", "high": "45", "unit": "person", "kind": "count", "modifier": "exact"},
    ...     {"start": 13, "end": 14, "low": "3", "high": "3", "unit": None, "kind": "count", "modifier": "exact"}]
    >>> scores = score_figures(gold, {"f": rows})
    >>> [scores[name] for name in ("found", "bounds", "unit_and_kind", "modifier", "false_alarms", "not_figures")]
    [(1, 1.0), (1, 0.0), (1, 1.0), (1, 0.0), (2, 0.0), (2, 0.5)]
    """
    tally = Tally()
    for item in gold:
        figures, rows = item["figures"], found.get(item["id"], ())
        pairs = _pairs(figures, rows, _near_figure)
        for at, figure in enumerate(figures):
            hit = at in pairs
            tally.add("found", hit)
            tally.add(f"found.{figure['kind']}", hit)
            tally.add("found.in_english" if item["language"] == "en" else "found.in_other_languages", hit)
            if hit:
                row = rows[pairs[at]]
                unit = (row.get("unit") or "").casefold() == (figure["unit"] or "").casefold()
                kind = row.get("kind") == figure["kind"]
                tally.add("bounds", _bounds(figure, row)[1])
                tally.add("unit", unit)
                tally.add("kind", kind)
                tally.add("unit_and_kind", unit and kind)
                tally.add("modifier", row.get("modifier") == figure["modifier"])
        for row in rows:
            right, bad = _touches(row, figures), _touches(row, item.get("not_figures", ()))
            if right or bad or not _touches(row, item.get("optional", ())):
                tally.add("false_alarms", not right and not bad)
                tally.add("not_figures", bad and not right)
    return tally.scores(("found", "bounds", "unit_and_kind", "unit", "kind", "modifier", "false_alarms", "not_figures"))


def _words(text: str) -> frozenset[str]:
    clean = "".join(char if char.isalnum() or ord(char) > 0x8FF else " " for char in text.casefold().replace("'s", "").replace("’s", ""))
    return frozenset(word for word in clean.split() if word not in SMALL)


def _alike(gold: str | None, found: str | None) -> bool:
    """Whether two wordings share a word that matters, or one holds the other (for scripts without blanks); both may be missing."""
    if not gold or not found:
        return not gold and not found
    one, other = gold.casefold().strip(), found.casefold().strip()
    return one in other or other in one or bool(_words(gold) & _words(found))


def score_predictions(gold: Iterable[Row], found: Found) -> Scores:
    """Scores predictions.

    A prediction is found when half of the shorter span is shared. ``horizon`` is the share with both bounds right among the found ones
    that have one, ``no_horizon`` that of the found ones without a horizon for which none was given; likewise ``holder`` and ``author``,
    ``condition`` and ``no_condition``. ``false_alarms`` is the share of rows found that touch no prediction.

    >>> gold = [{"id": "p", "language": "en", "text": "", "predictions": [{"start": 0, "end": 40, "earliest": "2025-01-01",
    ...     "latest": "2025-12-31", "holder": "the mayor", "condition": None}]}]
    >>> scores = score_predictions(gold, {"p": [{"start": 0, "end": 30, "earliest": None, "latest": "2025-12-31", "holder": "Mayor Orr"}]})
    >>> [scores[name] for name in ("found", "false_alarms", "horizon", "holder", "condition", "no_condition")]
    [(1, 1.0), (1, 0.0), (1, 0.0), (1, 1.0), (0, None), (1, 1.0)]
    """
    tally = Tally()
    for item in gold:
        predictions, rows = item["predictions"], found.get(item["id"], ())
        pairs = _pairs(predictions, rows, _near_sentence)
        for at, wanted in enumerate(predictions):
            hit = at in pairs
            tally.add("found", hit)
            tally.add("found.in_english" if item["language"] == "en" else "found.in_other_languages", hit)
            if hit:
                row = rows[pairs[at]]
                timed = wanted["earliest"] is not None or wanted["latest"] is not None
                tally.add("horizon" if timed else "no_horizon", all(row.get(name) == wanted[name] for name in ("earliest", "latest")))
                tally.add("holder" if wanted["holder"] else "author", _alike(wanted["holder"], row.get("holder")))
                tally.add("condition" if wanted["condition"] else "no_condition", _alike(wanted["condition"], row.get("condition")))
        for row in rows:
            tally.add("false_alarms", not _touches(row, predictions))
    return tally.scores(("found", "false_alarms", "horizon", "no_horizon", "holder", "author", "condition", "no_condition"))


def score_citations(gold: Iterable[Row], found: Found) -> Scores:
    """Scores citations.

    A citation is found when a span overlaps it. ``form``, ``resolves``, and ``number`` (of those that have one) are shares of the found
    ones; ``resolves.true`` and ``resolves.false`` tell the two gold answers apart. ``false_alarms`` is the share of rows found that touch
    no citation, rows in an ``optional`` stretch (the notes themselves, for one) left out.

    >>> gold = [{"id": "c", "language": "en", "text": "", "optional": [{"start": 20, "end": 40}], "citations": [{"start": 9, "end": 10,
    ...     "form": "footnote_marker", "resolves": True, "number": 3, "target": "Harbour Post"}]}]
    >>> rows = [{"start": 9, "end": 10, "form": "footnote_marker", "resolves": False, "number": 3},
    ...     {"start": 22, "end": 30, "form": "link"}]
    >>> scores = score_citations(gold, {"c": rows})
    >>> [scores[name] for name in ("found.footnote_marker", "found.link", "resolves", "number", "false_alarms")]
    [(1, 1.0), (0, None), (1, 0.0), (1, 1.0), (1, 0.0)]
    """
    tally = Tally()
    for item in gold:
        citations, rows = item["citations"], found.get(item["id"], ())
        pairs = _pairs(citations, rows, _near_span)
        for at, wanted in enumerate(citations):
            hit = at in pairs
            tally.add("found", hit)
            tally.add(f"found.{wanted['form']}", hit)
            if hit:
                row = rows[pairs[at]]
                right = bool(row.get("resolves")) == wanted["resolves"]
                tally.add("form", row.get("form") == wanted["form"])
                tally.add("resolves", right)
                tally.add("resolves.true" if wanted["resolves"] else "resolves.false", right)
                if wanted["number"] is not None:
                    tally.add("number", str(row.get("number")) == str(wanted["number"]))
        for row in rows:
            right = _touches(row, citations)
            if right or not _touches(row, item.get("optional", ())):
                tally.add("false_alarms", not right)
    return tally.scores(("found", *(f"found.{form}" for form in FORMS), "false_alarms", "form", "resolves", "number"))


def score_claims(gold: Iterable[Row], bands: Mapping[str, str]) -> Scores:
    """Scores the bands of claim pairs; a pair without a band counts as ``not``.

    ``GOLD>BAND`` holds how many pairs of the gold band were given that band and their share of the gold band. The other three give what
    they were counted from: ``precision`` of "same" (the pairs called the same), its ``recall`` (the pairs that are), and
    ``not_called_same`` (the pairs that are not).

    >>> gold = [{"id": "1", "band": "same"}, {"id": "2", "band": "not"}, {"id": "3", "band": "not"}, {"id": "4", "band": "possibly"}]
    >>> scores = score_claims(gold, {"1": "same", "2": "same", "4": "possibly"})
    >>> scores["not>same"], scores["not>not"], scores["possibly>possibly"], scores["same>not"]
    ((1, 0.5), (1, 0.5), (1, 1.0), (0, 0.0))
    >>> scores["precision"], scores["recall"], scores["not_called_same"]
    ((2, 0.5), (1, 1.0), (2, 0.5))
    """
    counts = {(wanted, given): 0 for wanted in BANDS for given in BANDS}
    for pair in gold:
        counts[pair["band"], bands.get(pair["id"], "not")] += 1
    scores: Scores = {}
    for wanted in BANDS:
        total = sum(counts[wanted, given] for given in BANDS)
        for given in BANDS:
            scores[f"{wanted}>{given}"] = (counts[wanted, given], counts[wanted, given] / total if total else None)
    called = sum(counts[wanted, "same"] for wanted in BANDS)
    are = sum(counts["same", given] for given in BANDS)
    are_not = sum(counts["not", given] for given in BANDS)
    scores["precision"] = (called, counts["same", "same"] / called if called else None)
    scores["recall"] = (are, counts["same", "same"] / are if are else None)
    scores["not_called_same"] = (are_not, counts["not", "same"] / are_not if are_not else None)
    return scores
