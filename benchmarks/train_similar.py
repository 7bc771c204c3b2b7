"""Train the weights of `firstsaid.matching.similar`: python -m benchmarks.train_similar [--minilm] [--measure] [--write]

Reads $FIRSTSAID_DATA/retrieval/ct20_train only, and says on ct20_dev and knownlie_politifact what the weights reach. Plain
NumPy: Newton's method with a ridge, weights held at or above zero. Each query is learnt from four times: as it is, with its right
documents hidden, so that the model sees questions that have no answer and its scores are probabilities also then; and both again with
the documents' titles left out, which most texts do not have.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

import firstsaid.matching
from benchmarks.quality.external import data_folder
from benchmarks.quality.retrieval import RetrievalSet, average_precision, read_retrieval_set
from firstsaid.matching.claim_index import FEATURES, Encoder
from firstsaid.matching.minilm import installed_encoder
from firstsaid.matching.similar import Text, comparisons
from firstsaid.model import FULL

RIDGE = 3.0
"""Found by five folds over the queries of ct20_train; 1 to 10 give the same to .002."""
SAME_PRECISION = 0.9
"""The band "same" begins where nine of ten first places are right, in five folds over ct20_train, every second query having no answer."""
POSSIBLY_SCORE = 0.15
"""The band "possibly" begins here: below it fewer than one first place in seven is right, and reading them costs more than it finds."""
CONTRAST_SHARE = 0.6
"""Where most word pieces agree both ways and one side denies, the denial is the news; on ct20_train this touches .8 % of right pairs."""
N_FOLDS = 5

Features = np.ndarray
"""Candidates of one query x `FEATURES`."""


@dataclass
class Remembering:
    """An encoder that makes each text's vector once."""

    encoder: Encoder
    known: dict[str, np.ndarray] = field(default_factory=dict)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        fresh = sorted(set(texts) - set(self.known))
        self.known |= zip(fresh, self.encoder.encode(fresh), strict=True)
        return np.stack([self.known[text] for text in texts])


def tabulate(data: RetrievalSet, hide_right: bool, encoder: Encoder | None) -> tuple[list[Features], list[np.ndarray]]:
    """Features and right answers, one entry a query."""
    hidden = [data.right.get(query.id, frozenset()) if hide_right else frozenset() for query in data.queries]
    ids = [document.id for document in data.documents]
    features: list[Features] = []
    right: list[np.ndarray] = []
    for block in comparisons(data.queries, data.documents, hidden, encoder):
        for count, rows, table in zip(block.counts, block.candidates, block.features, strict=True):
            answers = data.right.get(data.queries[len(right)].id, ())
            features.append(table[:count].copy())
            right.append(np.array([ids[row] in answers for row in rows[:count]], bool))
    return features, right


def without_titles(data: RetrievalSet) -> RetrievalSet:
    return RetrievalSet(data.queries, tuple(Text(document.id, document.text) for document in data.documents), data.right)


def fit(features: np.ndarray, right: np.ndarray, ridge_strength: float = RIDGE) -> tuple[np.ndarray, float]:
    """Weights (>= 0) and intercept for the features as they are. A weight that would fall below zero is held at zero: more of any
    feature means more alike, and where the training texts say otherwise that is a habit of theirs."""
    mean, spread = features.mean(0), features.std(0) + 1e-9
    scaled = np.column_stack([(features - mean) / spread, np.ones(len(features))])
    free = list(range(features.shape[1]))
    while True:
        columns = [*free, features.shape[1]]
        part = scaled[:, columns]
        ridge = np.full(len(columns), ridge_strength)
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


def scores(one: Features, weights: np.ndarray, intercept: float) -> np.ndarray:
    return 1 / (1 + np.exp(-(one @ weights + intercept)))


def mean_average_precision(data: RetrievalSet, compared: list[Features], right: list[np.ndarray], weights: np.ndarray) -> float:
    """MAP@5."""
    total = []
    for query, one, hits in zip(data.queries, compared, right, strict=True):
        if query.id in data.right:
            order = np.argsort(-(one @ weights), kind="stable")[:5]
            total.append(average_precision(hits[order].tolist(), len(data.right[query.id]), 5))
    return float(np.mean(total))


def calibration_error(top: list[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of first places."""
    score, right = np.array([s for s, _ in top]), np.array([r for _, r in top], float)
    bins = np.minimum((score * 10).astype(int), 9)
    return float(sum(abs(score[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in range(10) if (bins == b).any()))


def first_places(compared: list[Features], right: list[np.ndarray], weights: np.ndarray, intercept: float) -> list[tuple[float, bool]]:
    places = []
    for one, hits in zip(compared, right, strict=True):
        if len(hits):
            score = scores(one, weights, intercept)
            best = int(score.argmax())
            places.append((float(score[best]), bool(hits[best])))
    return places


Half = tuple[list[Features], list[np.ndarray]]


def chosen(half: Half, queries: np.ndarray) -> Half:
    return [half[0][i] for i in queries], [half[1][i] for i in queries]


def stacked(halves: list[Half], queries: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    parts = [chosen(half, queries) for half in halves]
    return np.vstack([one for features, _ in parts for one in features]), np.concatenate(
        [one for _, right in parts for one in right]
    ).astype(float)


def report(name: str, data: RetrievalSet, weights: np.ndarray, intercept: float, same: float, encoder: Encoder | None) -> None:
    found, right = tabulate(data, False, encoder)
    without, wrong = tabulate(data, True, encoder)
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
    parser.add_argument("--minilm", action="store_true", help="with MiniLM, which must be installed")
    arguments = parser.parse_args()
    folder = data_folder()
    if folder is None:
        print("set FIRSTSAID_DATA to the folder that holds retrieval/ct20_train", file=sys.stderr)
        return 2
    encoder = Remembering(installed) if arguments.minilm and (installed := installed_encoder()) else None
    if arguments.minilm and encoder is None:
        print("MiniLM is not installed: firstsaid model install minilm", file=sys.stderr)
        return 2
    data = read_retrieval_set(folder / "retrieval" / "ct20_train")
    halves = [tabulate(variant, hide, encoder) for variant in (data, without_titles(data)) for hide in (False, True)]
    fold_of = np.arange(len(data.queries)) % N_FOLDS
    held_out: list[tuple[float, bool]] = []
    in_folds = []
    for fold in range(N_FOLDS):
        train, test = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        weights, intercept = fit(*stacked(halves, train))
        part = RetrievalSet(tuple(data.queries[i] for i in test), data.documents, data.right)
        in_folds.append([mean_average_precision(part, *chosen(half, test), weights) for half in halves[::2]])
        for half in halves:
            held_out += first_places(*chosen(half, test), weights, intercept)
    with_titles, titleless = np.mean(in_folds, axis=0)
    reached = f"MAP@5 {with_titles:.4f}, without titles {titleless:.4f}, calibration error {calibration_error(held_out):.3f}"
    print(f"ct20_train, {N_FOLDS} folds: {reached}")
    same = 0.99
    for low in np.arange(0.3, 0.99, 0.01):
        shown = [hit for score, hit in held_out if score >= low]
        if shown and np.mean(shown) >= SAME_PRECISION:
            same = float(low)
            break
    weights, intercept = fit(*stacked(halves, np.arange(len(data.queries))))
    held = {
        "weights": {name: round(float(weight), 5) for name, weight in zip(FEATURES, weights, strict=True)},
        "intercept": round(intercept, 5),
        "bands": {"same": round(same * FULL), "possibly": round(POSSIBLY_SCORE * FULL), "contrast": CONTRAST_SHARE},
    }
    print(json.dumps(held, indent=1))
    if arguments.measure:
        for name in ("ct20_train", "ct20_dev", "knownlie_politifact"):
            report(name, read_retrieval_set(folder / "retrieval" / name), weights, intercept, same, encoder)
    if arguments.write:
        path = Path(firstsaid.matching.__file__).with_name("fusion_minilm.json" if encoder else "fusion.json")
        path.write_text(json.dumps(held, indent=2) + "\n", "utf-8")
        print(f"wrote {path}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
