"""Train the weights of `firstsaid.matching.claim_pairs`: python -m benchmarks.train_claims [--write].

Learns from every second claim of our own pairs (quality/claims/pairs.jsonl) which are alike but for what sets them apart; prints on the
other half how often what is called the same is, and the expected calibration error, and the same for posts against claims (ct20_dev)
where FIRSTSAID_DATA has them. Plain NumPy, the same method as `train_similar`.
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
from firstsaid.matching.claim_pairs import PAIR_FEATURES, Weighing, compared
from firstsaid.matching.similar import comparisons
from firstsaid.model import FULL

PAIRS = Path(__file__).parent / "quality" / "claims" / "pairs.jsonl"
SAME_SCORE, POSSIBLY_SCORE = 0.8, 0.5
"""Where the bands begin. Half of our pairs are alike; of the sentences of a corpus that share words far fewer are, so that a score of .8
here is none too high for "same"."""
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


Marks = np.ndarray
"""What sets each pair apart, as bits."""


def own_features() -> tuple[np.ndarray, Marks, list[dict[str, str]]]:
    """Features, marks, rows: the corpus is all sentences of the pairs."""
    rows = own_pairs()
    texts = sorted({row[side] for row in rows for side in ("left", "right")})
    place = {text: at for at, text in enumerate(texts)}
    lefts, rights = (np.array([place[row[side]] for row in rows]) for side in ("left", "right"))
    return *compared(forms_of(texts), lefts, rights), rows


def field_features(data: RetrievalSet) -> tuple[np.ndarray, Marks, np.ndarray]:
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
    return *compared(forms_of(texts), np.array(lefts), np.array(rights)), np.array(answers)


def report(name: str, features: np.ndarray, marks: Marks, same: np.ndarray, alike: np.ndarray, weighing: Weighing) -> None:
    """`same`: which pairs are; `alike`: which are, but for what sets them apart."""
    scores = weighing.scores(features)
    bands = weighing.bands(scores, marks)
    called, shown = bands == 1, bands >= 0
    right = same[called].mean() if called.any() else 0
    error = calibration_error(list(zip((scores / FULL).tolist(), alike.tolist(), strict=True)))
    print(
        f"{name}: {len(same)} pairs, {same.sum()} the same; called so {called.sum()}, right {right:.3f}, found {called[same].mean():.3f}; "
        f"shown {shown[alike].mean():.3f} of those alike, {shown[~alike].mean():.3f} of the others; calibration error {error:.3f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the weights beside the code")
    arguments = parser.parse_args()
    features, marks, rows = own_features()
    is_learnt = np.array([int(row["claim"]) % 2 == 0 for row in rows])
    kinds = np.array([row["kind"] for row in rows])
    same = np.array([row["label"] == "same" for row in rows])
    alike = np.array([row["label"] != "not" for row in rows])
    weights, intercept = fit(features[is_learnt], alike[is_learnt].astype(float), RIDGE)
    held = {
        "weights": {name: round(float(weight), 5) for name, weight in zip(PAIR_FEATURES, weights, strict=True)},
        "intercept": round(intercept, 5),
        "bands": {"same": round(SAME_SCORE * FULL), "possibly": round(POSSIBLY_SCORE * FULL)},
    }
    weighing = Weighing(weights, intercept, held["bands"]["same"], held["bands"]["possibly"])
    print(json.dumps(held, indent=1))
    for name, half in (("learnt from", is_learnt), ("other half", ~is_learnt)):
        report(name, features[half], marks[half], same[half], alike[half], weighing)
    bands = weighing.bands(weighing.scores(features), marks)
    for kind in sorted(set(kinds.tolist())):
        chosen = bands[(kinds == kind) & ~is_learnt]
        print(f"  {kind:<16} {len(chosen):>3} pairs: called same {(chosen == 1).mean():.2f}, shown {(chosen >= 0).mean():.2f}")
    folder = data_folder()
    if folder is not None:
        posts, their_marks, right = field_features(read_retrieval_set(folder / "retrieval" / "ct20_dev"))
        report("ct20_dev", posts, their_marks, right, right, weighing)
    if arguments.write:
        path = Path(firstsaid.matching.__file__).with_name("claims.json")
        path.write_text(json.dumps(held, indent=2) + "\n", "utf-8")
        print(f"wrote {path}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
