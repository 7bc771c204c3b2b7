"""Drafts with dated documents and the verdicts they deserve, written for the project; see drafts/README.md.

`python -m benchmarks.quality.draft_set` prints the summary of the open half and what was missed by kind. `--sealed` scores the sealed
half and prints the summary only; it is for releases, never for work on the code.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import firstsaid
from benchmarks.quality.command import Figures
from benchmarks.quality.drafts import score
from firstsaid.corpus.rows import verdict_row

FOLDER = Path(__file__).with_name("drafts")


def printed(cases: Sequence[score.Case]) -> dict[str, list[score.Line]]:
    """The lines that `firstsaid check --json` has for each case; cases with the same documents share a corpus."""
    groups: dict[str, list[score.Case]] = {}
    for case in cases:
        groups.setdefault(json.dumps(case["sources"], sort_keys=True), []).append(case)
    with tempfile.TemporaryDirectory() as scratch:
        return {
            case_id: lines
            for number, group in enumerate(groups.values())
            for case_id, lines in _lines_of(group, Path(scratch, str(number)))
        }


def _lines_of(group: Sequence[score.Case], folder: Path) -> Iterator[tuple[str, list[score.Line]]]:
    folder.mkdir()
    names = ("id", "outlet", "title", "text")
    documents = [{"date": one["published"], **{name: dict(one)[name] for name in names}} for one in group[0]["sources"]]
    (folder / "documents.jsonl").write_text("\n".join(json.dumps(document) for document in documents), encoding="utf-8")
    with firstsaid.open(folder / "case.firstsaid") as corpus:
        corpus.add(folder / "documents.jsonl")
        corpus.trace()
        for case in group:
            draft = folder / f"{case['id']}.txt"
            draft.write_text(case["draft"], encoding="utf-8")
            result = corpus.check(draft)
            rows = json.loads(json.dumps([verdict_row(corpus, draft, result.text, verdict) for verdict in result.verdicts], default=str))
            for row in rows:
                for piece in row["evidence"]:
                    piece["document"] = corpus.document(piece["document"]).location.rpartition("#")[2]
            yield case["id"], rows


def figures_of(result: score.Score) -> Figures:
    """The figures that have floors: more is better in all of them."""
    ratios = {
        "flagged": result.recall,
        **{f"flagged, needs {name}": ratio for name, ratio in sorted(result.recall_by_needs.items())},
        "precision of flags": result.precision,
        "verdict acceptable": result.verdict,
        "cases without false alarm": result.quiet_cases,
        "evidence in the right place": result.evidence_source,
    }
    return {name: ratio.value for name, ratio in ratios.items() if ratio.value is not None}


def score_drafts(name: str = "open") -> Figures:
    """All figures of one half."""
    cases = score.read_cases(FOLDER / f"{name}.jsonl")
    return figures_of(score.score(cases, printed(cases)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scorer's summary; of the open half also what was missed and what was wrongly flagged, by kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sealed", action="store_true", help="score the sealed half (for releases)")
    given = parser.parse_args(arguments)
    cases = score.read_cases(FOLDER / ("sealed.jsonl" if given.sealed else "open.jsonl"))
    result = score.score(cases, printed(cases))
    print(score.summary(result))
    if not given.sealed:
        missed = Counter(kind for case in result.cases for kind in case.missed)
        print("missed:", ", ".join(f"{kind} {count}" for kind, count in missed.most_common()))
        print("alarms:", ", ".join(f"{kind} {count}" for kind, count in Counter(result.alarms_by_kind).most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
