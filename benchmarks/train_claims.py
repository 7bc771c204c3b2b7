"""Train the weights of `firstsaid.matching.claim_pairs`: python -m benchmarks.train_claims [--write].

Learns from every second claim of our own pairs (quality/claims/pairs.jsonl); prints on the other half how often what is called the same
is, and the expected calibration error, and the same for posts against claims (ct20_dev) where FIRSTSAID_DATA has them. Plain NumPy, the
same method as `train_similar`.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa

import firstsaid.matching
from benchmarks.quality.external import data_folder, json_lines
from benchmarks.quality.retrieval import RetrievalSet, read_retrieval_set
from benchmarks.train_similar import calibration_error, fit
from firstsaid.matching.claim_forms import Forms, claim_form_rows
from firstsaid.matching.claim_pairs import PAIR_FEATURES, compared, differences
from firstsaid.matching.similar import comparisons
from firstsaid.model import CLAIM_DIFFERENCES, FULL

PAIRS = Path(__file__).parent / "quality" / "claims" / "pairs.jsonl"
SAME_SCORE = 0.7
"""The band "same" begins here: at the least seven of ten are right, of all that is called so more than nine."""
POSSIBLY_SCORE = 0.4
"""Below it three of five pairs are two claims, and reading them costs more than it finds."""
RIDGE = 1.0
"""A hundred pairs: with the 3 of `train_similar` nothing is ever sure."""
NEAREST = 3
"""Wrong claims of each post that are looked at: the best by vector, which are the hardest."""


def own_pairs() -> list[dict[str, str]]:
    return list(json_lines(PAIRS))


def forms_of(texts: list[str]) -> Forms:
    n = len(texts)
    columns = {"id": [str(at) for at in range(n)], "document_id": [str(at) for at in range(n)], "start": [0] * n, "end": [0] * n}
    return Forms.of(claim_form_rows(pa.table({**columns, "text": texts})))


def own_features() -> tuple[np.ndarray, np.ndarray, list[dict[str, str]]]:
    """Features with differences, 0/1 answers, rows: the corpus is all sentences of the pairs."""
    rows = own_pairs()
    texts = sorted({row[side] for row in rows for side in ("left", "right")})
    place = {text: at for at, text in enumerate(texts)}
    lefts, rights = (np.array([place[row[side]] for row in rows]) for side in ("left", "right"))
    features, marks = compared(forms_of(texts), lefts, rights)
    return np.hstack([features, differences(marks)]), np.array([row["label"] == "same" for row in rows]), rows


def field_features(data: RetrievalSet) -> tuple[np.ndarray, np.ndarray]:
    """The same for posts and claims of a retrieval set: the right ones, and the nearest wrong ones by vector."""
    texts = [document.text for document in data.documents] + [query.text for query in data.queries]
    ids = [document.id for document in data.documents]
    lefts: list[int] = []
    rights: list[int] = []
    answers: list[bool] = []
    query = 0
    for block in comparisons(data.queries, data.documents):
        for count, rows, table in zip(block.counts, block.candidates, block.features, strict=True):
            right = data.right.get(data.queries[query].id, frozenset())
            best = rows[:count][np.argsort(-table[:count, 3], kind="stable")]
            hits = [row for row in best if ids[row] in right]
            chosen = hits + [row for row in best if ids[row] not in right][:NEAREST]
            lefts += chosen
            rights += [len(ids) + query] * len(chosen)
            answers += [ids[row] in right for row in chosen]
            query += 1
    features, marks = compared(forms_of(texts), np.array(lefts), np.array(rights))
    return np.hstack([features, differences(marks)]), np.array(answers)


def oriented(features: np.ndarray) -> np.ndarray:
    """Differences as their absence: then more of anything means more alike, which is what `fit` holds to."""
    made = features.copy()
    made[:, len(PAIR_FEATURES) :] *= -1
    return made


def is_shown(features: np.ndarray, scores: np.ndarray, weights: np.ndarray, intercept: float) -> np.ndarray:
    """Same or possibly; what would be the same but for a denial, an opposite, another name or date is shown as "possibly"."""
    n = len(PAIR_FEATURES)
    alike = 1 / (1 + np.exp(-(features[:, :n] @ weights[:n] + intercept)))
    return (scores >= POSSIBLY_SCORE) | (alike >= SAME_SCORE)


def report(name: str, features: np.ndarray, answers: np.ndarray, weights: np.ndarray, intercept: float) -> None:
    scores = 1 / (1 + np.exp(-(oriented(features) @ weights + intercept)))
    apart = features[:, len(PAIR_FEATURES) : -1].any(axis=1)
    called = (scores >= SAME_SCORE) & ~apart
    shown = is_shown(features, scores, weights, intercept)
    right = answers[called].mean() if called.any() else 0
    print(
        f"{name}: {len(answers)} pairs, {answers.sum()} the same; called same {called.sum()}, right {right:.3f}, "
        f"found {called[answers].mean():.3f}; shown {shown[answers].mean():.3f} of the same, {shown[~answers].mean():.3f} of the others; "
        f"calibration error {calibration_error(list(zip(scores.tolist(), answers.tolist(), strict=True))):.3f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the weights beside the code")
    arguments = parser.parse_args()
    own, own_answers, rows = own_features()
    is_learnt = np.array([int(row["claim"]) % 2 == 0 for row in rows])
    weights, intercept = fit(oriented(own[is_learnt]), own_answers[is_learnt].astype(float), RIDGE)
    scores = 1 / (1 + np.exp(-(oriented(own) @ weights + intercept)))
    told = own[:, len(PAIR_FEATURES) : -1].any(axis=1)
    n = len(PAIR_FEATURES)
    held = {
        "weights": {name: round(float(weight), 5) for name, weight in zip(PAIR_FEATURES, weights[:n], strict=True)},
        "apart": {name: round(float(weight), 5) for name, weight in zip(CLAIM_DIFFERENCES, weights[n:], strict=True)},
        "intercept": round(intercept, 5),
        "bands": {"same": round(SAME_SCORE * FULL), "possibly": round(POSSIBLY_SCORE * FULL)},
    }
    print(json.dumps(held, indent=1))
    report("learnt from", own[is_learnt], own_answers[is_learnt], weights, intercept)
    report("other half", own[~is_learnt], own_answers[~is_learnt], weights, intercept)
    for kind in sorted({row["kind"] for row in rows}):
        chosen = np.array([row["kind"] == kind for row in rows]) & ~is_learnt
        called, shown = ((scores >= SAME_SCORE) & ~told)[chosen].mean(), is_shown(own, scores, weights, intercept)[chosen].mean()
        print(f"  {kind:<16} {chosen.sum():>3} pairs: called same {called:.2f}, shown {shown:.2f}")
    folder = data_folder()
    if folder is not None:
        report("ct20_dev", *field_features(read_retrieval_set(folder / "retrieval" / "ct20_dev")), weights, intercept)
    if arguments.write:
        path = Path(firstsaid.matching.__file__).with_name("claims.json")
        path.write_text(json.dumps(held, indent=2) + "\n", "utf-8")
        print(f"wrote {path}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
