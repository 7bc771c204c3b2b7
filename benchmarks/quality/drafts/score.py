"""Score the lines of `firstsaid check --json` against the draft-check test set.

A pure module: nothing here reads the tool's code, starts the tool or touches a corpus. Give :func:`score` the cases of
`open.jsonl` (or, once per release, `sealed.jsonl`) and, per case id, the objects that `firstsaid check CORPUS DRAFT --json`
printed for the case's draft. `README.md` in this folder says what each rule is for.

By hand: `python score.py CASES.jsonl PRINTED.jsonl`, where a row of the second file is `{"id": case id, "lines": [...]}`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypedDict


class Source(TypedDict):
    """A document of the case's corpus."""

    id: str
    outlet: str
    published: str
    title: str
    text: str


class Stretch(TypedDict):
    """A half-open range of code points in a draft."""

    start: int
    end: int


class Passage(TypedDict):
    """A half-open range of code points in the text of a source."""

    source: str
    start: int
    end: int


class _ItemBase(TypedDict):
    type: str
    start: int
    end: int
    verdicts: list[str]
    flag: bool
    evidence: list[Passage]
    kind: str
    needs: str


class Item(_ItemBase, total=False):
    """A thing to be checked in a draft; items of one `group` are one fault, and one flag finds them all."""

    group: str


class Case(TypedDict):
    """A draft with its sources and what should be said of it."""

    id: str
    topic: str
    language: str
    sources: list[Source]
    draft: str
    expected: list[Item]
    silent: list[Stretch]


class LineEvidence(TypedDict, total=False):
    """A passage that a printed line points at; `document` is the id or the file name of a source."""

    document: str
    start: int
    end: int
    text: str


class Line(TypedDict, total=False):
    """One object that `firstsaid check --json` printed."""

    file: str
    type: str
    start: int
    end: int
    verdict: str
    flag: bool
    why: str
    evidence: list[LineEvidence]


@dataclass
class Ratio:
    """So many out of so many."""

    hit: int = 0
    of: int = 0

    def add(self, good: bool) -> None:
        self.of += 1
        self.hit += good

    @property
    def value(self) -> float | None:
        """The share, or None where there was nothing to count."""
        return self.hit / self.of if self.of else None


@dataclass
class Alarms:
    """Lines with flag true where nothing is wrong, by where they fell."""

    innocent: int = 0
    silent: int = 0
    outside: int = 0

    @property
    def total(self) -> int:
        return self.innocent + self.silent + self.outside

    def add(self, other: Alarms) -> None:
        self.innocent += other.innocent
        self.silent += other.silent
        self.outside += other.outside


@dataclass
class CaseScore:
    """What became of one case."""

    id: str
    found: int
    faults: int
    alarms: Alarms
    missed: list[str] = field(default_factory=list)


@dataclass
class Score:
    """All measures, over all cases and by part."""

    recall: Ratio = field(default_factory=Ratio)
    recall_by_needs: dict[str, Ratio] = field(default_factory=dict)
    recall_by_kind: dict[str, Ratio] = field(default_factory=dict)
    recall_by_language: dict[str, Ratio] = field(default_factory=dict)
    verdict: Ratio = field(default_factory=Ratio)
    verdict_flagged: Ratio = field(default_factory=Ratio)
    verdict_innocent: Ratio = field(default_factory=Ratio)
    verdict_by_kind: dict[str, Ratio] = field(default_factory=dict)
    best_verdict: Ratio = field(default_factory=Ratio)
    lines_on_innocent: Ratio = field(default_factory=Ratio)
    evidence_source: Ratio = field(default_factory=Ratio)
    alarms: Alarms = field(default_factory=Alarms)
    alarms_by_kind: dict[str, int] = field(default_factory=dict)
    alarms_by_type: dict[str, int] = field(default_factory=dict)
    precision: Ratio = field(default_factory=Ratio)
    quiet_cases: Ratio = field(default_factory=Ratio)
    silent_lines: int = 0
    cases: list[CaseScore] = field(default_factory=list)


WORDS = frozenset({"quotation", "statement", "uncredited"})
NO_LINE_NEEDED = frozenset({"statement", "citation"})
"""Types for which the absence of a line is no answer, but no fault either, when the item is innocent."""


def shared(first: Stretch | Item | Line, second: Stretch | Item | Line) -> int:
    """How many code points two ranges have in common."""
    return max(0, min(first["end"], second["end"]) - max(first["start"], second["start"]))


def length(span: Stretch | Item | Line) -> int:
    """Length of a range; never less than one."""
    return max(1, span["end"] - span["start"])


def kin(item: Item, line: Line) -> bool:
    """Whether a line's type answers for an item's: the same, or both about words."""
    return item["type"] == line.get("type") or (item["type"] in WORDS and line.get("type") in WORDS)


def touches(item: Item, line: Line) -> bool:
    """Whether a line speaks of an item: it covers half of it, or is of its type and lies half inside it."""
    common = shared(item, line)
    return 2 * common >= length(item) or (kin(item, line) and 2 * common >= length(line))


def closeness(item: Item, line: Line) -> tuple[bool, float]:
    """Order of the lines that touch an item: of its type first, then by intersection over union."""
    common = shared(item, line)
    return kin(item, line), common / (length(item) + length(line) - common)


def same_source(document: str, source: str) -> bool:
    """Whether a line's document is a source: its id, or a path whose last part is that id with or without a suffix."""
    name = PurePosixPath(document.replace("\\", "/").split("!")[-1]).name
    return source in (document, name, PurePosixPath(name).stem)


def points_right(item: Item, lines: Iterable[Line]) -> bool:
    """Whether one of the lines points at one of the sources the item should be held against."""
    wanted = {passage["source"] for passage in item["evidence"]}
    seen = [passage.get("document", "") for line in lines for passage in line.get("evidence", [])]
    return any(same_source(document, source) for document in seen for source in wanted)


def blame(case: Case, line: Line) -> Item | None:
    """The item a flagged line is about: the closest of those that it covers by half or that cover half of it."""
    near = [i for i in case["expected"] if 2 * shared(i, line) >= min(length(i), length(line))]
    return max(near, key=lambda i: closeness(i, line), default=None)


def false_alarm(case: Case, line: Line) -> tuple[str, Item | None] | None:
    """Where a flagged line is a false alarm ("innocent", "silent" or "outside") with the innocent item, or None if it is none."""
    near = [i for i in case["expected"] if 2 * shared(i, line) >= min(length(i), length(line))]
    if any(i["flag"] and touches(i, line) for i in near):
        return None
    item = blame(case, line)
    if item is None:
        return ("silent" if any(shared(s, line) for s in case["silent"]) else "outside"), None
    if item["flag"] or line.get("verdict") in item["verdicts"]:
        return None
    return "innocent", item


def _tally(table: dict[str, Ratio], key: str, good: bool) -> None:
    table.setdefault(key, Ratio()).add(good)


def _score_verdict(result: Score, item: Item, lines: Sequence[Line]) -> None:
    if not item["flag"]:
        result.lines_on_innocent.add(bool(lines))
        if not lines and item["type"] in NO_LINE_NEEDED:
            return
    best = max(lines, key=lambda line: closeness(item, line), default=None)
    verdict = best.get("verdict") if best is not None else None
    good = verdict in item["verdicts"]
    result.verdict.add(good)
    (result.verdict_flagged if item["flag"] else result.verdict_innocent).add(good)
    _tally(result.verdict_by_kind, item["kind"], good)
    if best is not None:
        result.best_verdict.add(verdict == item["verdicts"][0])
        if item["evidence"]:
            result.evidence_source.add(points_right(item, [best]))


def score_case(result: Score, case: Case, lines: Sequence[Line]) -> CaseScore:
    """Add one case to the result."""
    touching = [[line for line in lines if touches(item, line)] for item in case["expected"]]
    faults: dict[str, list[int]] = {}
    for number, item in enumerate(case["expected"]):
        _score_verdict(result, item, touching[number])
        if item["flag"]:
            faults.setdefault(item.get("group", f"#{number}"), []).append(number)
    missed: list[str] = []
    for numbers in faults.values():
        first = case["expected"][numbers[0]]
        found = any(line.get("flag", False) for number in numbers for line in touching[number])
        result.recall.add(found)
        _tally(result.recall_by_needs, first["needs"], found)
        _tally(result.recall_by_kind, first["kind"], found)
        _tally(result.recall_by_language, case["language"], found)
        if not found:
            missed.append(first["kind"])
    alarms = Alarms()
    for line in lines:
        result.silent_lines += any(2 * shared(s, line) >= length(line) for s in case["silent"])
        if not line.get("flag", False):
            continue
        wrong = false_alarm(case, line)
        if wrong is not None or any(item["flag"] and touches(item, line) for item in case["expected"]):
            result.precision.add(wrong is None)
        if wrong is None:
            continue
        where, item_or_none = wrong
        setattr(alarms, where, getattr(alarms, where) + 1)
        kind = item_or_none["kind"] if item_or_none is not None else where
        result.alarms_by_kind[kind] = result.alarms_by_kind.get(kind, 0) + 1
        line_type = line.get("type", "?")
        result.alarms_by_type[line_type] = result.alarms_by_type.get(line_type, 0) + 1
    result.alarms.add(alarms)
    result.quiet_cases.add(alarms.total == 0)
    return CaseScore(case["id"], len(faults) - len(missed), len(faults), alarms, missed)


def score(cases: Iterable[Case], printed: Mapping[str, Sequence[Line]]) -> Score:
    """Score what was printed for each case; a case without an entry counts as one with no lines."""
    result = Score()
    for case in cases:
        result.cases.append(score_case(result, case, printed.get(case["id"], ())))
    return result


def read_cases(path: Path) -> list[Case]:
    """The cases of a file of this folder."""
    with path.open(encoding="utf-8") as rows:
        return [json.loads(row) for row in rows if row.strip()]


def read_printed(path: Path) -> dict[str, list[Line]]:
    """Printed lines by case: rows `{"id": case id, "lines": [...]}`."""
    with path.open(encoding="utf-8") as rows:
        return {found["id"]: found["lines"] for found in map(json.loads, rows)}


def summary(result: Score) -> str:
    """A short report, without a word of any case, so that it may be printed for the sealed half too."""

    def show(name: str, ratio: Ratio) -> str:
        value = "-" if ratio.value is None else f"{100 * ratio.value:5.1f}"
        return f"{name:<34}{value:>6}  ({ratio.hit} of {ratio.of})"

    rows = [show("flagged recall", result.recall)]
    rows += [show(f"  needs {name}", ratio) for name, ratio in sorted(result.recall_by_needs.items())]
    rows += [show(f"  language {name}", ratio) for name, ratio in sorted(result.recall_by_language.items())]
    rows += [
        show("precision of flagged lines", result.precision),
        show("verdict acceptable", result.verdict),
        show("  of flagged items", result.verdict_flagged),
        show("  of innocent items", result.verdict_innocent),
        show("verdict is the best one", result.best_verdict),
        show("innocent items given a line", result.lines_on_innocent),
        show("evidence in the right source", result.evidence_source),
        show("cases without a false alarm", result.quiet_cases),
    ]
    alarms = result.alarms
    rows.append(
        f"false alarms: {alarms.total} ({alarms.innocent} on innocent items, {alarms.silent} on silent stretches, "
        f"{alarms.outside} elsewhere); lines of any kind on silent stretches: {result.silent_lines}"
    )
    return "\n".join(rows)


def main(arguments: Sequence[str]) -> int:
    """Print the summary, or with `--json` everything, per case too."""
    names = [a for a in arguments if a != "--json"]
    if len(names) != 2:
        print("usage: score.py CASES.jsonl PRINTED.jsonl [--json]", file=sys.stderr)
        return 2
    result = score(read_cases(Path(names[0])), read_printed(Path(names[1])))
    print(json.dumps(asdict(result)) if "--json" in arguments else summary(result))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
