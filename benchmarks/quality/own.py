"""Own small sets, present in every clone: the example corpus with its answers, claims in other words, and planted copies."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.quality import example_truth
from benchmarks.quality.command import Figures, firstsaid, rows
from benchmarks.quality.field import AbsentError
from benchmarks.quality.retrieval import average_precision, read_retrieval_set
from benchmarks.speed.corpus import made_corpus
from firstsaid.corpus import Corpus
from firstsaid.corpus.rows import verdict_row

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CLAIMS = Path(__file__).with_name("claims")


def _collapsed(text: str) -> str:
    return " ".join(text.split()).casefold()


def _overlap(left: str, right: str) -> bool:
    return bool(left and right) and (left in right or right in left)


def score_example() -> Figures:
    """The example corpus: planted things found, look-alikes left alone (the open half of the answers only), quotations, and the draft."""
    if not (EXAMPLES / "truth.json").exists():
        raise AbsentError("examples/truth.json does not exist")
    truth = example_truth.load_truth()
    with tempfile.TemporaryDirectory() as folder, example_truth.traced(Path(folder)) as corpus:
        score = example_truth.score(corpus, truth, sealed=False)
        n_planted, n_innocent = len(score.found) + len(score.missed), len(score.quiet) + len(score.alarmed)
        draft = EXAMPLES / "drafts" / "draft.md"
        result = corpus.check(draft)
        checked = [verdict_row(corpus, draft, result.text, verdict) for verdict in result.verdicts]
        figures: Figures = {
            "planted found": len(score.found) / n_planted,
            "look-alikes left alone": len(score.quiet) / n_innocent,
        }
        figures |= _draft_figures(draft.read_text("utf-8"), checked) | _quotation_figures(corpus, truth["quotations"])
    return figures


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


def _quotation_figures(corpus: Corpus, wanted: list[dict[str, Any]]) -> Figures:
    """Quotations of the example corpus found with exactly their words, and with their speaker."""
    ids = example_truth.document_ids(corpus)
    held: dict[str, list[tuple[str, str]]] = {}
    for quotation in corpus.quotations():
        words = corpus.document(quotation.document_id).text[quotation.start : quotation.end]
        held.setdefault(quotation.document_id, []).append((_bare(words), _collapsed(quotation.speaker_name or "")))
    n_found = n_spoken = 0
    for item in wanted:
        speaker = _collapsed(item["speaker"] or "")
        said = held.get(ids.get((item["file"], item["part"])) or "", ())
        speakers = [name for words, name in said if words == _bare(item["text"])]
        n_found += bool(speakers)
        n_spoken += any(_overlap(name, speaker) or name == speaker for name in speakers)
    return {"quotations exact": n_found / len(wanted), "quotations with speaker": n_spoken / len(wanted)}


def _bare(words: str) -> str:
    return _collapsed(words).strip(" .,;:!?")


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
