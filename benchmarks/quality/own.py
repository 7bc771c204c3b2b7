"""Own small sets, present in every clone: the example corpus with its answers, claims in other words, and planted copies."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.quality.command import Figures, firstsaid, rows
from benchmarks.quality.field import AbsentError
from benchmarks.quality.retrieval import average_precision, read_retrieval_set
from benchmarks.speed.corpus import made_corpus

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CLAIMS = Path(__file__).with_name("claims")
Evidence = Mapping[str, Any]


def _collapsed(text: str) -> str:
    return " ".join(text.split()).casefold()


def _overlap(left: str, right: str) -> bool:
    return bool(left and right) and (left in right or right in left)


def _is_met(wanted: Iterable[Evidence], given: Iterable[Evidence]) -> bool:
    """Whether at least two of the wanted pieces of evidence (or the only one) are among those given."""
    asked = [(piece["file"].removeprefix("corpus/"), _collapsed(piece["text"])) for piece in wanted if piece.get("text")]
    held = [(str(piece.get("file") or ""), _collapsed(str(piece.get("text") or ""))) for piece in given]
    n_met = sum(any(file in where and _overlap(text, said) for where, said in held) for file, text in asked)
    return n_met >= min(2, max(1, len(asked)))


def score_example() -> Figures:
    """The example corpus: planted things found, innocent look-alikes left alone, quotations and the checked draft."""
    if not (EXAMPLES / "truth.json").exists():
        raise AbsentError("examples/truth.json does not exist")
    truth = json.loads((EXAMPLES / "truth.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as scratch:
        corpus = Path(scratch, "example.firstsaid")
        firstsaid("add", corpus, EXAMPLES / "corpus")
        firstsaid("trace", corpus)
        findings = rows(firstsaid("list", corpus, "findings", "--json"))
        draft = EXAMPLES / "drafts" / "draft.md"
        checked = rows(firstsaid("check", corpus, draft, "--json"))
    by_kind: dict[str, list[list[Evidence]]] = {}
    for finding in findings:
        by_kind.setdefault(finding["kind"], []).append(finding["evidence"])
    figures: Figures = {}
    planted, innocent = (
        [(item["kind"], any(_is_met(item["evidence"], given) for given in by_kind.get(item["kind"], ()))) for item in truth[name]]
        for name in ("planted", "innocent")
    )
    figures["planted found"] = sum(found for _, found in planted) / len(planted)
    figures["innocent left alone"] = 1 - sum(found for _, found in innocent) / len(innocent)
    fine = [
        any(_is_met(item["evidence"], finding["evidence"]) for item in truth["planted"] if item["kind"] == finding["kind"])
        or any(_is_acceptable(item, finding) for item in truth["acceptable"])
        for finding in findings
    ]
    figures["findings wanted"] = sum(fine) / max(1, len(fine))
    figures |= _draft_figures(draft.read_text("utf-8"), checked) | _quotation_figures(truth["quotations"])
    return figures


def _is_acceptable(item: Mapping[str, Any], finding: Mapping[str, Any]) -> bool:
    files = [document["file"].removeprefix("corpus/") for document in item["documents"]]
    return item["kind"] == finding["kind"] and any(file in str(piece.get("file")) for file in files for piece in finding["evidence"])


def _draft_figures(text: str, checked: list[dict[str, Any]]) -> Figures:
    """Of the draft's things to check: how many get the right flag, and how many the very verdict."""
    expected = json.loads((EXAMPLES / "drafts" / "expected.json").read_text("utf-8"))
    n_flags = n_verdicts = 0
    for item in expected:
        said = _collapsed(item["text"])
        lines = [row for row in checked if _overlap(said, _collapsed(text[row["start"] : row["end"]])) and row["type"] == item["type"]]
        n_flags += any(row["flag"] == item["flag"] for row in lines)
        n_verdicts += any(row["verdict"] == item["verdict"] for row in lines)
    return {"draft flags": n_flags / len(expected), "draft verdicts": n_verdicts / len(expected)}


def _quotation_figures(wanted: list[dict[str, Any]]) -> Figures:
    """Quotations of the example corpus found with exactly their words, and with their speaker."""
    n_found = n_spoken = 0
    for file in sorted({item["file"] for item in wanted}):
        path = EXAMPLES / file
        text = firstsaid("annotate", path, "--text")
        held = [
            (_collapsed(text[row["start"] : row["end"]]), _collapsed((row["speaker"] or {}).get("name") or ""))
            for row in rows(firstsaid("annotate", path, "--json"))
            if row["type"] == "quotation"
        ]
        for item in (item for item in wanted if item["file"] == file):
            said, speaker = _collapsed(item["text"]).strip(" .,;:!?"), _collapsed(item["speaker"] or "")
            speakers = [name for content, name in held if content.strip(" .,;:!?") == said]
            n_found += bool(speakers)
            n_spoken += any(_overlap(name, speaker) or name == speaker for name in speakers)
    return {"quotations exact": n_found / len(wanted), "quotations with speaker": n_spoken / len(wanted)}


def score_claims() -> Figures:
    """Claims written for the project, asked for in other words."""
    data = read_retrieval_set(CLAIMS)
    with tempfile.TemporaryDirectory() as scratch:
        ranked = Path(scratch, "ranked.jsonl")
        firstsaid("similar", CLAIMS / "queries.jsonl", CLAIMS / "docs.jsonl", "-k", "20", "-o", ranked)
        found = {row["qid"]: [document for document, _ in row["ranked"]] for row in rows(ranked.read_text("utf-8"))}
    precisions = [
        average_precision([document in right for document in found.get(query, ())], len(right), 5) for query, right in data.right.items()
    ]
    return {"MAP@5": sum(precisions) / len(precisions)}


def score_copies() -> Figures:
    """Copies planted in made texts: the share of their letters that alignments cover, and of alignments' letters that are copied."""
    made = made_corpus(400)
    with tempfile.TemporaryDirectory() as scratch:
        texts, pairs = Path(scratch, "docs.jsonl"), Path(scratch, "pairs.jsonl")
        texts.write_text("".join(json.dumps({"id": key, "text": text}) + "\n" for key, text in made.texts.items()), "utf-8")
        firstsaid("match", texts, "-o", pairs)
        found = rows(pairs.read_text("utf-8"))
    wanted = {key: set[int]() for key in made.texts}
    covered = {key: set[int]() for key in made.texts}
    for copy in made.copies:
        for key, start, end in copy:
            wanted[key].update(range(start, end))
    for row in found:
        for side in ("left", "right"):
            covered[row[f"{side}_id"]].update(range(row[f"{side}_start"], row[f"{side}_end"]))
    n_both = sum(len(wanted[key] & covered[key]) for key in wanted)
    n_wanted, n_covered = sum(map(len, wanted.values())), sum(map(len, covered.values()))
    return {"letters recalled": n_both / max(1, n_wanted), "letters precise": n_both / max(1, n_covered)}
