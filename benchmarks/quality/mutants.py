"""The checker checked: what it accepts is altered, one thing at a time, and every alteration that it still accepts is a bug.

`python -m benchmarks.quality.mutants` takes what `firstsaid check` accepts in the open half of the draft set and prints the share of
mutants that survive, by kind, and the survivors. `--share N` takes every Nth only.

Kinds: `not` (a "not" put in, or taken out), `digit` (another number in a quotation), `name` (another name for one), `condition` (cut before
"but", "if", "unless"), `splice` (two quotations made into one), `hedge` ("may" becomes "will"), `figure` (another first digit of an
accepted figure), `date` (another day). A mutant survives if no flagged line touches what was altered.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import firstsaid
from benchmarks.quality.command import Figures
from benchmarks.quality.draft_set import FOLDER
from benchmarks.quality.drafts import score
from firstsaid.model import Verdict

ACCEPTED = ("exact", "typography", "same")
MIN_WORDS = 5
"""Shorter quotations are phrases that may stand anywhere in another form."""

NEIGHBOURS_CHARS = 120
"""Between two pieces of one speech there is an attribution at most."""

AUXILIARIES = r"will|would|can|could|is|are|was|were|has|have|had|did|does|do|should|must|shall|may"
QUALIFIERS = r"but|if|unless|except|provided|although|though|until"
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
OTHER_NAME = "Hollander"
"""A name that no text of the set has."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A draft with one alteration, which lies in `start`..`end`."""

    kind: str
    draft: str
    start: int
    end: int


def mutants_of(draft: str, accepted: Sequence[Verdict]) -> Iterator[Mutant]:
    """Every mutant of what was accepted; none where an operator finds nothing to alter."""
    quotations = [one for one in accepted if one.type == "quotation" and len(draft[one.start : one.end].split()) >= MIN_WORDS]
    for verdict in quotations:
        words = draft[verdict.start : verdict.end]
        for kind, altered in _altered(words):
            if altered != words:
                yield Mutant(kind, draft[: verdict.start] + altered + draft[verdict.end :], verdict.start, verdict.start + len(altered))
    for left, right in pairwise(quotations):
        if _stand_together(left, right) or '"' in draft[left.start : left.end] + draft[right.start : right.end]:
            continue
        spliced = f"{draft[left.start : left.end].rstrip(' ,.;!?')} {draft[right.start : right.end].lstrip()}"
        yield Mutant("splice", draft[: left.start] + spliced + draft[left.end :], left.start, left.start + len(spliced))
    for verdict in accepted:
        if verdict.type in ("figure", "date"):
            words = draft[verdict.start : verdict.end]
            if verdict.type == "date":
                altered = re.sub(r"\b\d{1,2}\b", lambda day: str(int(day.group()) % 28 + 1), words, count=1)
                altered = re.sub(r"\d(?=\D*\Z)", lambda digit: str((int(digit.group()) + 1) % 10), words) if altered == words else altered
            else:
                altered = re.sub(r"\d", lambda digit: str(int(digit.group()) % 8 + 1), words, count=1)
            if altered != words:
                kind = verdict.type
                yield Mutant(kind, draft[: verdict.start] + altered + draft[verdict.end :], verdict.start, verdict.end)


def _stand_together(left: Verdict, right: Verdict) -> bool:
    """Whether the two stand beside each other in one document: to run them together without the stop is a slip of the pen."""
    return any(
        a.document_id == b.document_id and max(a.start, b.start) - min(a.end, b.end) < NEIGHBOURS_CHARS
        for a in left.evidence for b in right.evidence
    )  # fmt: skip


def _altered(words: str) -> Iterator[tuple[str, str]]:
    if re.search(r"\bnot\b|n't\b|n’t\b", words):
        yield "not", re.sub(r"\s?\bnot\b|n't\b|n’t\b", "", words, count=1)
    else:
        yield "not", re.sub(rf"\b({AUXILIARIES})\b", r"\1 not", words, count=1)
    yield "digit", re.sub(r"\d", lambda digit: str(int(digit.group()) % 9 + 1), words, count=1)
    yield "name", _NAME.sub(OTHER_NAME, words, count=1)
    yield "hedge", re.sub(r"\b(?:may|might|could)\b", "will", words, count=1)
    cut = re.search(rf"(.{{15,}}?),? (?:{QUALIFIERS})\b", words)
    if cut:
        yield "condition", cut.group(1)


def survival(share: int = 1) -> tuple[Counter[str], Counter[str], list[str]]:
    """How many mutants of each kind there are, how many are still accepted, and those."""
    cases = score.read_cases(FOLDER / "open.jsonl")
    groups: dict[str, list[score.Case]] = {}
    for case in cases[::share]:
        groups.setdefault(json.dumps(case["sources"], sort_keys=True), []).append(case)
    made: Counter[str] = Counter()
    survived: Counter[str] = Counter()
    shown: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        for number, group in enumerate(groups.values()):
            folder = Path(scratch, str(number))
            folder.mkdir()
            names = ("id", "outlet", "title", "text")
            documents = [{"date": one["published"], **{name: dict(one)[name] for name in names}} for one in group[0]["sources"]]
            (folder / "documents.jsonl").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
            with firstsaid.open(folder / "case.firstsaid") as corpus:
                corpus.add(folder / "documents.jsonl")
                corpus.trace()
                for case in group:
                    for mutant in _of_case(corpus, folder, case["draft"]):
                        made[mutant.kind] += 1
                        if not _is_found(corpus, folder, mutant):
                            survived[mutant.kind] += 1
                            shown.append(f"{case['id']} {mutant.kind}: {mutant.draft[mutant.start : mutant.end]}")
    return made, survived, shown


def _of_case(corpus: firstsaid.Corpus, folder: Path, draft: str) -> list[Mutant]:
    path = folder / "draft.txt"
    path.write_text(draft, encoding="utf-8")
    result = corpus.check(path)
    flagged = [one for one in result.verdicts if one.flag]
    accepted = [
        one for one in result.verdicts
        if one.verdict in ACCEPTED and not any(one.start < other.end and other.start < one.end for other in flagged)
    ]  # fmt: skip
    return list(mutants_of(result.text, accepted))


def _is_found(corpus: firstsaid.Corpus, folder: Path, mutant: Mutant) -> bool:
    path = folder / "mutant.txt"
    path.write_text(mutant.draft, encoding="utf-8")
    return any(one.flag and one.start < mutant.end and mutant.start < one.end for one in corpus.check(path).verdicts)


def score_mutants(share: int = 1) -> Figures:
    """The share of mutants that are found."""
    made, survived, _ = survival(share)
    return {"mutants found": 1 - survived.total() / max(1, made.total())}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the survival rate by kind and the survivors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=int, default=1, metavar="N", help="take every Nth draft only")
    made, survived, shown = survival(parser.parse_args(arguments).share)
    for kind, count in sorted(made.items()):
        print(f"{kind:<12}{survived[kind]:>5} of {count:>5} survive")
    print(f"{'all':<12}{survived.total():>5} of {made.total():>5} survive: {100 * survived.total() / max(1, made.total()):.1f} %")
    for line in shown:
        print("  ", line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
