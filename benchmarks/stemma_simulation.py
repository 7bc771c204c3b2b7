"""How often the stemma is right on simulated families whose true tree is known.

    python benchmarks/stemma_simulation.py [--families 60] [--lost 0.2] [--late 0.0] [--seed 1]

A text written for the project is copied along a random tree of 6-40 surviving witnesses; each copy misspells, swaps, leaves out, adds,
corrects or cuts; a share of versions is lost; some copies take a stretch from a second parent. Prints shares in percent.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections import deque
from dataclasses import dataclass

import numpy as np

from firstsaid.model import DateRange
from firstsaid.tracing.stemma import stemma
from firstsaid.tracing.witnesses import CERTAIN, Stemma, Witness
from firstsaid.wording import align

TEXT = """
The harbour board met on Tuesday evening to hear how the old pumping house had fared in the winter storms.
Its engineer said that the lower basin had filled twice as fast as anybody at the works had expected.
Two of the seven sluices no longer close, and a third is held shut by a beam that the night watch put there.
Repairs are expected to cost at least 40,000 crowns, most of which the district has promised to pay.
The council may ask the neighbouring parish for a loan if the grant does not arrive before the spring tide.
Nobody was hurt when the eastern wall gave way, but some 30 families left their homes for the night.
A baker from the quay lent his van to carry blankets, bread and lamps to the schoolhouse on the hill.
The wardens have measured the water every hour since then and chalked the levels on the lock gate.
According to their notes the river stood highest shortly before dawn, a hand below the parapet.
Fishermen who moor above the bridge complained that no warning had reached them in time.
The clerk answered that the siren had sounded twice and that the posters had hung for a week.
An inspector from the ministry will walk the whole dyke next month and write down what she finds.
Until her report is printed the upper gate stays closed to barges of more than twenty tons.
Old maps show that the channel was once far wider and bent to the north behind the chapel.
It was straightened after the great frost, when ice had carried away both mills and half the mole.
Since that time every generation has added a course of stone, and every flood has taken one off.
The schoolchildren have planted willows along the bank, whose roots are meant to hold the earth.
Gardeners doubt whether such young trees can withstand a second winter of that kind.
The ferry runs again from Thursday, though only by daylight and with half its usual crew.
Merchants hope that the market can be held on the green as soon as the mud has been cleared.
A comet that stood over the town that week was taken by some for a sign and by others for a lantern.
The astronomer at the grammar school explained that it returns every seventy years or so.
Letters in the town archive mention it three times, always together with high water.
She warned, however, that nobody should read a cause into what is merely a coincidence.
The mayor thanked the volunteers and asked them to hand back the borrowed spades by Sunday.
Insurance covers the cellar of the library but neither the books nor the new heating.
Most volumes were carried upstairs in a chain of hands that reached across the street.
Only the bound newspapers of two decades are lost, and of those a copy exists in the capital.
The printer has offered to bind the copies again without charge if the paper can be found.
A concert for the benefit of the pump house will be given in the customs shed on Saturday.
"""
SENTENCES = [line for line in TEXT.splitlines() if line]
VOCABULARY = sorted({word.strip(".,").lower() for line in SENTENCES for word in line.split()})


@dataclass
class Family:
    """A simulated family. `parents[v]`: true parents (two where contaminated); `observed`: surviving versions in date order."""

    texts: dict[int, list[str]]
    parents: dict[int, list[int]]
    observed: list[int]


def copied(words: list[str], root: list[str], rng: random.Random, n_changes: int) -> list[str]:
    """One act of copying."""
    words = list(words)
    for _ in range(n_changes):
        at = rng.randrange(len(words))
        kind = rng.random()
        if kind < 0.25:
            word = words[at]
            if len(word) > 3:
                cut = rng.randrange(1, len(word) - 1)
                words[at] = rng.choice([word[:cut] + word[cut + 1 :], word[:cut] + rng.choice("aeinrst") + word[cut:]])
        elif kind < 0.6:
            words[at] = rng.choice(VOCABULARY)
        elif kind < 0.78:
            del words[at : at + rng.randrange(1, 7)]
        elif kind < 0.92:
            words[at:at] = rng.sample(VOCABULARY, rng.randrange(1, 5))
        elif kind < 0.97:
            if at < len(root):
                words[at] = root[at]
        elif len(words) > 80:
            del words[at : at + rng.randrange(10, 25)]
        if len(words) < 20:
            return words
    return words


def simulate(rng: random.Random, share_lost: float, share_mixed: float = 0.08) -> Family:
    """A family whose tree mixes chains, bushes and popular copies."""
    n = rng.randrange(8, 48)
    root = " ".join(rng.sample(SENTENCES, rng.randrange(8, 24))).split()
    texts, parents = {0: root}, {0: []}
    bushiness = rng.random()
    children = [0] * n
    for version in range(1, n):
        if rng.random() < bushiness:
            parent = rng.choices(range(version), [1 + 2 * children[v] for v in range(version)])[0]
        else:
            parent = rng.randrange(max(0, version - 6), version)
        children[parent] += 1
        words = texts[parent]
        parents[version] = [parent]
        if rng.random() < share_mixed and version > 3:
            other = rng.randrange(version)
            if other != parent and len(texts[other]) > 60:
                low = rng.randrange(0, len(words) // 2)
                high = low + len(words) // 3
                same = [op for op in align(words, texts[other]) if op.tag == "equal" and op.left_end > low]
                if len(same) > 2:
                    later = [op for op in same if op.left_start >= high] or same[-1:]
                    words = (
                        words[: same[0].left_start]
                        + texts[other][same[0].right_start : later[0].right_start]
                        + words[later[0].left_start :]
                    )
                    parents[version].append(other)
        texts[version] = copied(words, root, rng, 0 if rng.random() < 0.05 else 1 + min(14, int(rng.expovariate(1 / 5))))
    kept = [v for v in range(n) if v == 0 or rng.random() >= share_lost]
    if len(kept) > 6 and rng.random() < share_lost / 2:
        kept = kept[1:]
    return Family(texts, parents, kept[:40])


def true_ancestors(family: Family) -> dict[int, set[int]]:
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


def chosen_parents(result: Stemma, kind: str = "copy") -> dict[str, tuple[str, int]]:
    """For each observed child the nearest observed parent and the lowest confidence on the way."""
    above = {edge.child: (edge.parent, edge.confidence) for edge in result.edges if edge.kind == kind}
    observed = {node.id for node in result.nodes if node.observed}
    found = {}
    for child in observed & set(above):
        parent, confidence = above[child]
        while parent not in observed and parent in above:
            parent, further = above[parent]
            confidence = min(confidence, further)
        if parent in observed:
            found[child] = (parent, confidence)
    return found


def distances(edges: list[tuple[str, str]], names: list[str]) -> np.ndarray:
    """Steps between all pairs of witnesses, the tree taken as undirected."""
    beside: dict[str, list[str]] = {}
    for one, other in edges:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    found = np.full((len(names), len(names)), 10_000)
    for row, name in enumerate(names):
        steps, queue = {name: 0}, deque([name])
        while queue:
            at = queue.popleft()
            for other in beside.get(at, ()):
                if other not in steps:
                    steps[other] = steps[at] + 1
                    queue.append(other)
        found[row] = [steps.get(other, 10_000) for other in names]
    return found


def sign_similarity(family: Family, result: Stemma) -> float:
    """Average sign similarity (Roos and Heikkila 2009) of the two trees, in percent."""
    names = [str(v) for v in family.observed]
    true = distances([(str(p), str(v)) for v, above in family.parents.items() for p in above], names)
    found = distances([(edge.parent, edge.child) for edge in result.edges if edge.kind == "copy"], names)
    scores = []
    for at in range(len(names)):
        for one, other in itertools.combinations([x for x in range(len(names)) if x != at], 2):
            signs = np.sign(true[at, one] - true[at, other]), np.sign(found[at, one] - found[at, other])
            scores.append(1 - abs(int(signs[0]) - int(signs[1])) / 2)
    return 100 * float(np.mean(scores))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--families", type=int, default=60)
    parser.add_argument("--undated", type=int, default=20, help="of these, how many are traced without dates too")
    parser.add_argument("--lost", type=float, default=0.2)
    parser.add_argument("--late", type=float, default=0.0, help="share of witnesses dated up to five ranks late")
    parser.add_argument("--seed", type=int, default=1)
    settings = parser.parse_args()
    rng = random.Random(settings.seed)
    edges, roots, signs, mixed_found, mixed_true, mixed_right = [], [], [], 0, 0, 0
    for number in range(settings.families):
        family = simulate(rng, settings.lost)
        if len(family.observed) < 6:
            continue
        late = {v: rng.randrange(1, 6) if rng.random() < settings.late else 0 for v in family.observed}
        witnesses = [
            Witness(str(v), " ".join(family.texts[v]), DateRange((v + late[v]) * 1440, (v + late[v]) * 1440 + 1439, "simulated"))
            for v in family.observed
        ]
        result = stemma(witnesses)
        true = true_ancestors(family)
        found = chosen_parents(result)
        for version in family.observed:
            name = str(version)
            right = {str(v) for v in true[version]}
            # A mixed copy has two parents: either is a right answer for the first one.
            if name in found or right:
                parent, confidence = found.get(name, (None, 0))
                is_right = parent in right if parent else not right
                # Two versions with equal texts cannot be told apart by anybody.
                twins = {" ".join(family.texts[int(v)]) for v in right}
                is_right_text = is_right or (parent is not None and " ".join(family.texts[int(parent)]) in twins)
                edges.append((is_right, confidence, bool(right), is_right_text))
        first = min(family.observed, key=lambda v: v + late[v])
        roots.append(result.earliest is not None and str(first) in result.earliest)
        second = {(edge.child, edge.parent) for edge in result.edges if edge.kind == "contamination"}
        for child, parent in second:
            mixed_found += 1
            mixed_right += len(family.parents[int(child)]) > 1 and parent in {str(v) for v in true[int(child)]}
        mixed_true += sum(len(true[v]) > 1 for v in family.observed)
        if number < settings.undated:
            plain = stemma([Witness(w.id, w.text) for w in witnesses])
            assert plain.earliest is None
            signs.append(sign_similarity(family, plain))
    right = np.array([edge[0] for edge in edges])
    certain = np.array([edge[1] >= CERTAIN for edge in edges])
    surviving = np.array([edge[2] for edge in edges])
    print(f"families {len(roots)}, edges {len(edges)}, lost {settings.lost:.0%}, late dates {settings.late:.0%}")
    print(f"dated edges right {100 * right.mean():.1f} (where a parent survives {100 * right[surviving].mean():.1f})")
    same_text = np.array([edge[3] for edge in edges])
    print(f"  up to equal texts {100 * same_text.mean():.1f} (where a parent survives {100 * same_text[surviving].mean():.1f})")
    print(f"root right {100 * np.mean(roots):.1f}")
    print(f"certain edges right {100 * right[certain].mean():.1f}, covering {100 * certain.mean():.1f}")
    confidence = np.array([edge[1] for edge in edges])
    for low, high in ((0, 2500), (2500, 5000), (5000, 7500), (7500, 9000), (9000, 9500), (9500, 9900), (9900, 10001)):
        inside = (confidence >= low) & (confidence < high)
        if inside.any():
            print(f"  confidence {low}..{high}: right {100 * right[inside].mean():.1f}, n {inside.sum()}")
    print(f"second parents: found {mixed_found}, right {mixed_right}, there were {mixed_true}")
    if signs:
        print(f"undated average sign similarity {np.mean(signs):.1f} (n {len(signs)})")


if __name__ == "__main__":
    main()
