"""Train the weights of `firstsaid.matching.similar`: python -m benchmarks.train_similar [--write]

Reads $FIRSTSAID_DATA/retrieval/ct20_train only, and says on ct20_dev and knownlie_politifact what the weights reach. Plain
NumPy: Newton's method with a ridge, weights held at or above zero. Each query is learnt from twice: as it is, and with its right
documents hidden, so that the model sees questions that have no answer and its scores are probabilities also then.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

import firstsaid.matching
from benchmarks.quality.external import data_folder
from benchmarks.quality.retrieval import RetrievalSet, average_precision, read_retrieval_set
from firstsaid.matching.similar import FEATURES, FULL, Compared, comparisons

RIDGE = 3.0
"""Found by five folds over the queries of ct20_train; 1 to 10 give the same to .002."""
SAME_PRECISION = 0.9
"""The band "same" begins where nine of ten first places are right, in five folds over ct20_train, every second query having no answer."""
POSSIBLY_SCORE = 0.15
"""The band "possibly" begins here: below it fewer than one first place in seven is right, and reading them costs more than it finds."""
CONTRAST_SHARE = 0.6
"""Where most word pieces agree both ways and one side denies, the denial is the news; on ct20_train this touches .8 % of right pairs."""
N_FOLDS = 5

Table = tuple[np.ndarray, np.ndarray, np.ndarray, list[list[str]]]


def tabulate(data: RetrievalSet, hide_right: bool) -> tuple[list[Compared], list[np.ndarray]]:
    """Features and right answers, one entry a query."""
    hidden = [data.right.get(query.id, frozenset()) if hide_right else frozenset() for query in data.queries]
    compared = list(comparisons(data.queries, data.documents, hidden))
    ids = [document.id for document in data.documents]
    right = [
        np.array([ids[row] in data.right.get(query.id, ()) for row in one.candidates], bool)
        for query, one in zip(data.queries, compared, strict=True)
    ]
    return compared, right


def fit(features: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights (>= 0) and intercept for the features as they are. A weight that would fall below zero is held at zero: more of any
    feature means more alike, and where the training texts say otherwise that is a habit of theirs."""
    mean, spread = features.mean(0), features.std(0) + 1e-9
    scaled = np.column_stack([(features - mean) / spread, np.ones(len(features))])
    free = list(range(features.shape[1]))
    while True:
        columns = [*free, features.shape[1]]
        part = scaled[:, columns]
        ridge = np.full(len(columns), RIDGE)
        ridge[-1] = 0
        beta = np.zeros(len(columns))
        for _ in range(30):
            chance = 1 / (1 + np.exp(-part @ beta))
            slope = part.T @ (chance - right) + ridge * beta
            bend = (part * (chance * (1 - chance))[:, None]).T @ part + np.diag(ridge)
            step = np.linalg.solve(bend, slope)
            beta -= step
            if np.abs(step).max() < 1e-9:
                break
        if beta[:-1].min() >= 0:
            break
        free.pop(int(beta[:-1].argmin()))
    weights = np.zeros(features.shape[1])
    weights[free] = beta[:-1] / spread[free]
    return weights, float(beta[-1] - weights @ mean)


def scores(one: Compared, weights: np.ndarray, intercept: float) -> np.ndarray:
    return 1 / (1 + np.exp(-(one.features @ weights + intercept)))


def mean_average_precision(data: RetrievalSet, compared: list[Compared], right: list[np.ndarray], weights: np.ndarray) -> float:
    """MAP@5."""
    total = []
    for query, one, hits in zip(data.queries, compared, right, strict=True):
        if query.id in data.right:
            order = np.argsort(-(one.features @ weights), kind="stable")[:5]
            total.append(average_precision(hits[order].tolist(), len(data.right[query.id]), 5))
    return float(np.mean(total))


def calibration_error(top: list[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of first places."""
    score, right = np.array([s for s, _ in top]), np.array([r for _, r in top], float)
    bins = np.minimum((score * 10).astype(int), 9)
    return float(sum(abs(score[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in range(10) if (bins == b).any()))


def first_places(compared: list[Compared], right: list[np.ndarray], weights: np.ndarray, intercept: float) -> list[tuple[float, bool]]:
    places = []
    for one, hits in zip(compared, right, strict=True):
        if len(hits):
            score = scores(one, weights, intercept)
            best = int(score.argmax())
            places.append((float(score[best]), bool(hits[best])))
    return places


def report(name: str, data: RetrievalSet, weights: np.ndarray, intercept: float, same: float) -> None:
    found, right = tabulate(data, hide_right=False)
    without, wrong = tabulate(data, hide_right=True)
    top, none = first_places(found, right, weights, intercept), first_places(without, wrong, weights, intercept)
    line = [f"{name:<22} MAP@5 {mean_average_precision(data, found, right, weights):.4f}"]
    recall = np.mean([hits.sum() / len(data.right[q.id]) for q, hits in zip(data.queries, right, strict=True) if q.id in data.right])
    line.append(
        f"right among candidates {recall:.3f}, calibration error {calibration_error(top + none):.3f} (half of the queries without answer)"
    )
    for band, low in (("same", same), ("possibly or same", POSSIBLY_SCORE)):
        shown, alarms = [hit for score, hit in top if score >= low], [score >= low for score, _ in none]
        precision = sum(shown) / max(1, len(shown) + sum(alarms))
        line.append(f"{band}: {np.mean([s >= low for s, _ in top]):.2f} of the answerable shown, {np.mean(shown):.3f} of these right; ")
        line[-1] += f"{np.mean(alarms):.3f} of the unanswerable shown; right of all shown {precision:.3f}"
    print("\n  ".join(line))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the weights beside the code")
    parser.add_argument("--measure", action="store_true", help="also measure on the sets that are never trained on")
    arguments = parser.parse_args()
    folder = data_folder()
    if folder is None:
        print("set FIRSTSAID_DATA to the folder that holds retrieval/ct20_train", file=sys.stderr)
        return 2
    data = read_retrieval_set(folder / "retrieval" / "ct20_train")
    plain, right = tabulate(data, hide_right=False)
    hidden, wrong = tabulate(data, hide_right=True)
    fold_of = np.arange(len(data.queries)) % N_FOLDS
    held_out: list[tuple[float, bool]] = []
    in_folds = []
    for fold in range(N_FOLDS):
        train, test = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        stacked = np.vstack([half[i].features for half in (plain, hidden) for i in train])
        answers = np.concatenate([half[i] for half in (right, wrong) for i in train]).astype(float)
        weights, intercept = fit(stacked, answers)
        part = RetrievalSet(tuple(data.queries[i] for i in test), data.documents, data.right)
        in_folds.append(mean_average_precision(part, [plain[i] for i in test], [right[i] for i in test], weights))
        for half, answers in ((plain, right), (hidden, wrong)):
            held_out += first_places([half[i] for i in test], [answers[i] for i in test], weights, intercept)
    print(f"ct20_train, {N_FOLDS} folds: MAP@5 {np.mean(in_folds):.4f}, calibration error {calibration_error(held_out):.3f}")
    same = 0.99
    for low in np.arange(0.3, 0.99, 0.01):
        shown = [hit for score, hit in held_out if score >= low]
        if shown and np.mean(shown) >= SAME_PRECISION:
            same = float(low)
            break
    stacked = np.vstack([one.features for half in (plain, hidden) for one in half])
    weights, intercept = fit(stacked, np.concatenate([*right, *wrong]).astype(float))
    held = {
        "weights": {name: round(float(weight), 5) for name, weight in zip(FEATURES, weights, strict=True)},
        "intercept": round(intercept, 5),
        "bands": {"same": round(same * FULL), "possibly": round(POSSIBLY_SCORE * FULL), "contrast": CONTRAST_SHARE},
    }
    print(json.dumps(held, indent=1))
    if arguments.measure:
        for name in ("ct20_train", "ct20_dev", "knownlie_politifact"):
            report(name, read_retrieval_set(folder / "retrieval" / name), weights, intercept, same)
    if arguments.write:
        path = Path(firstsaid.matching.__file__).with_name("fusion.json")
        path.write_text(json.dumps(held, indent=2) + "\n", "utf-8")
        print(f"wrote {path}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
