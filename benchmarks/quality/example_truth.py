"""The example corpus against what its author planted: found, missed, and false alarms, kind by kind.

    python -m benchmarks.quality.example_truth [--sealed]

A planted thing counts as found when a finding of its kind touches at least two of its pieces of evidence (all of them, if it has only
one). An innocent look-alike is a false alarm on the same terms. Other findings are listed, to be read. `--sealed` scores the half of
the answers that nobody may look at while working: once per release, for the record.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import firstsaid
from firstsaid.corpus import Corpus
from firstsaid.model import Finding, Span
from firstsaid.text import words

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@dataclass
class Score:
    """Ids of what was planted and found, planted and missed, innocent and alarmed; and findings that answer to neither."""

    found: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    quiet: list[str] = field(default_factory=list)
    alarmed: list[str] = field(default_factory=list)
    other: list[Finding] = field(default_factory=list)


def load_truth() -> dict[str, Any]:
    """The answers as their author wrote them."""
    truth: dict[str, Any] = json.loads((EXAMPLES / "truth.json").read_text(encoding="utf-8"))
    return truth


def traced(folder: Path) -> Corpus:
    """The example corpus, added and traced in `folder`."""
    corpus = firstsaid.open(folder / "example.firstsaid")
    corpus.add(EXAMPLES / "corpus")
    corpus.trace()
    return corpus


def document_ids(corpus: Corpus) -> dict[tuple[str, str | None], str]:
    """Document ids by the file and part that the answers use."""
    found = {}
    for document in corpus.documents():
        place, _, part = document.location.partition("#")
        found["corpus/" + place, part or None] = document.id
    return found


def locate(text: str, wanted: str) -> tuple[int, int] | None:
    """Where the words stand in the text, whatever its spaces and quote marks are."""
    have, want = words(text), words(wanted).keys
    for at in range(len(have) - len(want) + 1):
        if have.keys[at : at + len(want)] == want:
            return int(have.starts[at]), int(have.ends[at + len(want) - 1])
    return None


def spans_of(corpus: Corpus, evidence: list[dict[str, Any]], ids: dict[tuple[str, str | None], str]) -> list[Span | None]:
    """Each piece of evidence as a span of the corpus; None where reading lost it."""
    spans: list[Span | None] = []
    for piece in evidence:
        document_id = ids.get((piece["file"], piece["part"]))
        place = locate(corpus.document(document_id).text, piece["text"]) if document_id else None
        spans.append(Span(document_id, *place) if document_id and place else None)
    return spans


def touches(finding: Finding, spans: list[Span | None]) -> bool:
    """Whether the finding rests on at least two of the spans (on the one, if there is only one)."""
    hit = sum(
        span is not None and any(span.overlap(Span(one.document_id, one.start, one.end)) for one in finding.evidence) for span in spans
    )
    return hit >= min(2, len(spans))


def score(corpus: Corpus, truth: dict[str, Any], *, sealed: bool) -> Score:
    """Score the open half of the answers, or the sealed one."""
    ids = document_ids(corpus)
    by_kind: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in corpus.findings():
        by_kind[finding.kind].append(finding)
    result = Score()
    answered: set[str] = set()
    for name, hits, misses in (("planted", result.found, result.missed), ("innocent", result.alarmed, result.quiet)):
        for item in truth[name]:
            spans = spans_of(corpus, item["evidence"], ids)
            touching = [finding for finding in by_kind[item["kind"]] if touches(finding, spans)]
            answered.update(finding.id for finding in touching)
            if bool(item.get("sealed")) == sealed:
                (hits if touching else misses).append(item["id"])
    for group in truth["acceptable"]:
        documents = {ids.get((one["file"], one["part"])) for one in group["documents"]}
        answered.update(one.id for one in by_kind[group["kind"]] if {piece.document_id for piece in one.evidence} <= documents)
    result.other = [finding for findings in by_kind.values() for finding in findings if finding.id not in answered]
    return result


def main() -> None:
    """Trace the example and print the score."""
    sealed = "--sealed" in sys.argv[1:]
    truth = load_truth()
    with tempfile.TemporaryDirectory() as folder, traced(Path(folder)) as corpus:
        result = score(corpus, truth, sealed=sealed)
        print(f"{'sealed' if sealed else 'open'} half: found {len(result.found)} of {len(result.found) + len(result.missed)} planted, "
              f"false alarms {len(result.alarmed)} of {len(result.alarmed) + len(result.quiet)} look-alikes")  # fmt: skip
        kinds = {item["id"]: item["kind"] for item in truth["planted"] + truth["innocent"]}
        for label, names in (("found", result.found), ("missed", result.missed), ("false alarm", result.alarmed)):
            print(f"  {label}: " + (", ".join(f"{name} {kinds[name]}" for name in names) or "none"))
        print(f"{len(result.other)} findings answer to neither half; read them:")
        for finding in result.other if not sealed else []:
            print(f"  {finding.strength:>5} {finding.kind}: {finding.why}")


if __name__ == "__main__":
    main()
