"""How often the stemma is right on simulated families whose true tree is known, and how long it takes.

    python -m benchmarks.stemma_simulation [--families 40] [--seed 1] [--fit]

`stemma_families.py` makes the families. Prints shares in percent. `--fit` prints the weights of `tracing.confidence` and `tracing.mixture`
instead, fitted on other seeds.
"""

from __future__ import annotations

import argparse
import itertools
import random
import time
from collections import deque
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from benchmarks.stemma_families import MANNERS, Family, families
from firstsaid.model import DateRange
from firstsaid.tracing.collation import collate
from firstsaid.tracing.dated import link
from firstsaid.tracing.stemma import stemma
from firstsaid.tracing.witnesses import CERTAIN, Stemma, Witness

FITTED_ON = (
    *(("press", 60, seed) for seed in (102, 201, 202, 203, 204)),
    *(("press, 40 % lost", 60, seed) for seed in (102, 201)),
    ("scribes", 60, 102),
    ("scribes, heavy", 60, 102),
    ("scribes, heavy and long", 10, 102),
)
"""Families for `--fit`: manner, how many, seed. Never among those that are reported."""


ELSEWHERE = "has a stretch from elsewhere"
"""How an edge says that its copy has a second parent that cannot be told."""


def witnesses_of(family: Family, late: dict[int, int]) -> list[Witness]:
    """The surviving versions, one made a day, some published `late` days after."""
    found = []
    for version in family.observed:
        day = version + late.get(version, 0)
        found.append(Witness(str(version), " ".join(family.texts[version]), DateRange(day * 1440, day * 1440 + 1439, "simulated")))
    return found


def nearest_survivors(family: Family) -> dict[int, set[int]]:
    """For each surviving version its nearest surviving ancestors."""
    observed = set(family.observed)
    found: dict[int, set[int]] = {}
    for version in family.observed:
        stack, nearest = list(family.parents[version]), set()
        while stack:
            above = stack.pop()
            if above in observed:
                nearest.add(above)
            else:
                stack += family.parents[above]
        found[version] = nearest
    return found


def chosen_parents(result: Stemma) -> dict[int, tuple[int, int]]:
    """For each child the nearest observed parent and the lowest confidence on the way."""
    above = {edge.child: (edge.parent, edge.confidence) for edge in result.edges if edge.kind == "copy"}
    observed = {node.id for node in result.nodes if node.observed}
    found = {}
    for child in observed & set(above):
        parent, confidence = above[child]
        while parent not in observed and parent in above:
            parent, further = above[parent]
            confidence = min(confidence, further)
        if parent in observed:
            found[int(child)] = int(parent), confidence
    return found


# -------------------------------------------------------------------------------------------------- undated


def _signs(edges: list[tuple[str, str]], names: list[str]) -> npt.NDArray[np.int8]:
    """For all triples which of two witnesses is nearer to the first, in steps."""
    beside: dict[str, list[str]] = {}
    for one, other in edges:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    steps_from = []
    for name in names:
        steps, queue = {name: 0}, deque([name])
        while queue:
            at = queue.popleft()
            for other in beside.get(at, ()):
                if other not in steps:
                    steps[other] = steps[at] + 1
                    queue.append(other)
        steps_from.append([steps.get(other, 10_000) for other in names])
    steps_all = np.array(steps_from)
    return np.asarray(np.sign(steps_all[:, :, None] - steps_all[:, None, :]), np.int8)


def sign_similarity(family: Family, edges: list[tuple[str, str]]) -> float:
    """Average sign similarity (Roos and Heikkila 2009) of a tree to the true one, in percent."""
    names = [str(version) for version in family.observed]
    true = _signs([(str(p), str(v)) for v, above in family.parents.items() for p in above], names)
    found = _signs(edges, names)
    first, second, third = np.ogrid[: len(names), : len(names), : len(names)]
    counts = (first != second) & (first != third) & (second < third)
    return 100 * float((1 - np.abs(true - found)[counts] / 2).mean())


def best_tree(family: Family) -> list[tuple[str, str]]:
    """The most that a tree can say: the true one without second parents, and without lost versions that nothing shows."""
    beside: dict[int, set[int]] = {version: set() for version in family.parents}
    for version, above in family.parents.items():
        for parent in above[:1]:
            beside[version].add(parent)
            beside[parent].add(version)
    observed = set(family.observed)
    while hidden := [version for version, near in beside.items() if version not in observed and len(near) < 3]:
        near = beside.pop(hidden[0])
        for other in near:
            beside[other].discard(hidden[0])
        for one, other in itertools.combinations(sorted(near), 2):
            beside[one].add(other)
            beside[other].add(one)
    return [(str(one), str(other)) for one, near in sorted(beside.items()) for other in sorted(near) if one < other]


def report_undated(name: str, count: int, seed: int) -> None:
    """Trees of families without dates."""
    similarities, ceilings = [], []
    for family in families(name, count, seed):
        plain = stemma([Witness(str(version), " ".join(family.texts[version])) for version in family.observed])
        assert plain.earliest is None
        similarities.append(sign_similarity(family, [(edge.parent, edge.child) for edge in plain.edges if edge.kind == "copy"]))
        ceilings.append(sign_similarity(family, best_tree(family)))
    told = f"average sign similarity {np.mean(similarities):.1f} (the best any tree can have: {np.mean(ceilings):.1f})"
    print(f"{name}, undated: families {count}, {told}; no earliest version announced")


# -------------------------------------------------------------------------------------------------- dated


def report_dated(name: str, count: int, seed: int, share_late: float = 0.0) -> None:
    """Directed edges of dated families. `share_late`: share of witnesses dated one to five ranks late."""
    rng = random.Random(seed)
    edges: list[tuple[bool, bool, bool, int]] = []
    roots, n_second, n_second_right, n_second_true, n_mixed, n_mixed_right = [], 0, 0, 0, 0, 0
    for family in families(name, count, seed):
        late = {version: rng.randrange(1, 6) for version in family.observed if rng.random() < share_late}
        result = stemma(witnesses_of(family, late))
        true, found = nearest_survivors(family), chosen_parents(result)
        texts = {version: " ".join(family.texts[version]) for version in family.observed}
        for version in family.observed:
            right = true[version]
            # A mixed copy has two parents: either is a right answer for the first one.
            if version in found or right:
                parent, confidence = found.get(version, (None, 0))
                is_right = parent in right if parent is not None else not right
                is_right_text = is_right or (parent is not None and texts[parent] in {texts[other] for other in right})
                edges.append((is_right, is_right_text, bool(right), confidence))
        first = min(family.observed, key=lambda version: version + late.get(version, 0))
        roots.append(result.earliest is not None and str(first) in result.earliest)
        second = {(int(edge.child), int(edge.parent)) for edge in result.edges if edge.kind == "contamination"}
        n_second += len(second)
        n_second_right += sum(len(true[child]) > 1 and parent in true[child] for child, parent in second)
        mixed = {child for child, _ in second} | {int(edge.child) for edge in result.edges if any(ELSEWHERE in why for why in edge.reasons)}
        n_mixed += len(mixed)
        n_mixed_right += sum(len(true[child]) > 1 for child in mixed)
        n_second_true += sum(len(true[version]) > 1 for version in family.observed)
    right, right_text, survives = (np.array([edge[at] for edge in edges]) for at in range(3))
    confidence = np.array([edge[3] for edge in edges]) / 10_000
    certain = confidence >= CERTAIN / 10_000
    print(f"{name}{f', {share_late:.0%} of dates up to five ranks late' if share_late else ''}: families {count}, edges {len(edges)}")
    no_parent, is_tied = _percent(~survives), _percent(survives & right_text & ~right)
    print(f"  directed edges right {_percent(right)} (no parent survives for {no_parent}, taken from an equal text {is_tied})")
    print(f"  right among the decidable ones (a parent survives; equal texts as one) {_percent(right_text[survives])}")
    print(f"  earliest witness right {_percent(np.array(roots))}")
    print(f"  edges called certain: right {_percent(right[certain])}, covering {_percent(certain)}")
    print(f"  expected calibration error {_ece(confidence, right):.3f}")
    precision, recall = n_mixed_right / max(1, n_mixed), n_mixed_right / max(1, n_second_true)
    print(f"  copies from two parents: {n_second_true}; found {n_mixed}: precision {100 * precision:.0f}, recall {100 * recall:.0f}")
    print(f"  second parents named: {n_second}, of these right {n_second_right}")


def _percent(values: npt.NDArray[np.bool_]) -> str:
    return f"{100 * float(values.mean()):.1f}" if values.size else "-"


def _ece(confidence: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> float:
    """Expected calibration error over ten bins."""
    bins = np.minimum((confidence * 10).astype(int), 9)
    masks = [bins == number for number in range(10)]
    return float(sum(abs(confidence[mask].mean() - right[mask].mean()) * mask.mean() for mask in masks if mask.any()))


# -------------------------------------------------------------------------------------------------- time


def report_speed() -> None:
    """CPU seconds for 40 witnesses of 1,000 words, and for 5,000 near-identical ones."""
    for n, n_words, n_changes, n_parents in ((40, 1_000, 12, 40), (5_000, 250, 1, 200)):
        rng = random.Random(n)
        words = [f"word{number}" for number in range(n_words)]
        texts = [words]
        for _ in range(n - 1):
            copy = list(texts[rng.randrange(min(len(texts), n_parents))])
            for _ in range(rng.randrange(2 * n_changes + 1) if n < 100 else rng.choice((0, 0, 0, 1, 2))):
                copy[rng.randrange(n_words)] = f"other{rng.randrange(10_000)}"
            texts.append(copy)
        for is_dated in (True, False):
            dates = [DateRange(day * 1440, day * 1440 + 1439, "made") if is_dated else None for day in range(n)]
            listed = [Witness(str(number), " ".join(text), date) for number, (text, date) in enumerate(zip(texts, dates, strict=True))]
            begun = time.process_time()
            stemma(listed)
            seconds = time.process_time() - begun
            print(f"{n:,} witnesses of {n_words:,} words, {'dated' if is_dated else 'undated'}: {seconds:.1f} CPU seconds")


# -------------------------------------------------------------------------------------------------- fitting


def _judgements(name: str, count: int, seed: int) -> Iterator[tuple[str, tuple[float, ...], bool]]:
    """What is to be fitted, features and whether it is so: each parent that was chosen, whether its text is that of a true one; each
    possible mixture, whether it is one; and whether its second parent is the one named."""
    for family in families(name, count, seed):
        listed = witnesses_of(family, {})
        dated = link(listed, collate([witness.text for witness in listed]))
        true = nearest_survivors(family)
        first = [int(listed[members[0]].id) for members in dated.members]
        for version, found in enumerate(dated.links):
            right = true[first[version]]
            if found.features is not None and found.parent is not None:
                yield "confidence.WEIGHTS", found.features, family.texts[first[found.parent]] in [family.texts[other] for other in right]
            if found.mixed is not None:
                yield "mixture.WEIGHTS_MIXED", found.mixed.features, len(right) > 1
                yield "mixture.WEIGHTS_NAMED", found.mixed.features, len(right) > 1 and first[found.mixed.seconds[0]] in right


def fit() -> None:
    """Logistic regressions with a weak ridge (1, on all but the constant). Fit the mixtures first: the confidence rests on them."""
    rows = [row for name, count, seed in FITTED_ON for row in _judgements(name, count, seed)]
    for wanted in ("mixture.WEIGHTS_MIXED", "mixture.WEIGHTS_NAMED", "confidence.WEIGHTS"):
        features = np.array([(1.0, *row[1]) for row in rows if row[0] == wanted])
        sign = np.where([row[2] for row in rows if row[0] == wanted], 1.0, -1.0)
        print(wanted, "=", tuple(round(float(weight), 2) for weight in _regressed(features, sign)))


def _regressed(features: npt.NDArray[np.float64], sign: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    ridge = np.array([0.0] + [1.0] * (features.shape[1] - 1))

    def loss(weights: npt.NDArray[np.float64]) -> float:
        return float(np.logaddexp(0, -sign * (features @ weights)).sum() + ridge @ weights**2 / 2)

    return np.asarray(minimize(loss, np.zeros(features.shape[1])).x)


def main() -> None:
    """Print all figures, or with --fit the weights of the confidence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--families", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fit", action="store_true", help="print weights fitted on other seeds instead")
    settings = parser.parse_args()
    if settings.fit:
        fit()
        return
    for name in MANNERS:
        report_dated(name, settings.families, settings.seed)
    report_dated("press", settings.families, settings.seed, share_late=0.2)
    for name in MANNERS:
        report_undated(name, max(1, settings.families // 2), settings.seed)
    report_speed()


if __name__ == "__main__":
    main()
