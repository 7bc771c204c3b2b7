"""Retrain the ranker of statements: python -m benchmarks.quality.train_clauses [OUT.json]

Reads PolNeAR train from FIRSTSAID_DATA (quotations/train); see docs/explanation/model-card.md. Log-linear choice among the stretches of
each cue and "none", by AdaGrad with ridge penalty, seeded, one thread: the same bytes on one kind of processor.
"""

from __future__ import annotations

import json
import sys
import tarfile
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np
from numba import njit

from benchmarks.quality.external import json_lines
from benchmarks.quality.field import external_set
from firstsaid.parsing.clauses.attributing import STRENGTHS, is_word_of_saying, key_of, packed
from firstsaid.parsing.clauses.clauses import cues_of, trees_of
from firstsaid.parsing.clauses.ranker import candidates_of
from firstsaid.parsing.lexicon import cues as cues_of_language
from firstsaid.parsing.marked.direct import find_direct
from firstsaid.parsing.structure import NO_PAIR, take_apart

OUT = Path(__file__).resolve().parents[2] / "src/firstsaid/parsing/clauses/weights.json"
MIN_SEEN = 17  # a trait seen more rarely describes one article; fewer traits cost F1, more do not fit in the file
RIDGE = 0.02  # .01 to .03 give the same F1 on articles held out
EPOCHS = 8
STEP = 0.1
GOOD = 0.8  # overlap with the annotated content from which on a stretch counts as right, as in the field's scorer
FAIR = 0.6  # where none is right, the nearest one above this counts half: better than teaching "none"


class Article:
    """One annotated article with its page; `targets`: for each attribution the places where words of content and of cue start."""

    def __init__(self, name, text, rows):
        self.name, self.page = name, take_apart(text, (), "en")
        self.direct = find_direct(self.page, cues_of_language("en"))
        self.targets = [(row["content"], row["cue"]) for row in rows]


def articles(name="train"):
    """The articles of a part, by name."""
    gold = defaultdict(list)
    folder = external_set("quotations", name)
    for row in json_lines(folder / "gold.jsonl"):
        gold[row["doc"]] += [row] if "id" in row else []
    with tarfile.open(folder / "text.tar.gz") as archive:
        texts = {Path(item.name).stem: archive.extractfile(item).read().decode("utf-8") for item in archive if item.isfile()}
    for doc in sorted(gold):
        yield Article(doc, texts[doc], gold[doc])


def inside(place, stretches):
    return any(start <= place < end for start, end in stretches)


def strength_of(examples):
    """How often each word attributes, of the trees of all articles: "stem|class" -> 0..4."""
    seen, hit = Counter(), Counter()
    for article in examples:
        cue_stretches = sorted(stretch for _, cue in article.targets for stretch in cue)
        for _, tree in trees_of(article.page, range(len(article.page.units))):
            for token in range(len(tree)):
                if tree.pair[token] == NO_PAIR and is_word_of_saying(tree, token):
                    key = key_of(tree, token)
                    seen[key] += 1
                    hit[key] += inside(tree.starts[token], cue_stretches)
    held = {}
    for key, n_hits in hit.items():
        share = n_hits / (seen[key] + 1)
        if (n_hits >= 2 and share > 0.03) or (n_hits == 1 and seen[key] <= 6):
            held[key] = sum(share > step for step in STRENGTHS) if n_hits >= 2 else 0
    return held


def groups_of(article, strength, number, is_frozen=False):
    """(cue traits, candidate traits, overlaps with the gold content) as numbers, for each cue."""
    stems = frozenset(key.rpartition("|")[0] for key in strength)
    for cue, words in cues_of(article.page, article.direct, strength, stems):
        candidates = candidates_of(cue, article.direct, words, article.page)
        if not candidates:
            continue
        place = cue.tree.starts[cue.token]
        fits = np.zeros(len(candidates))
        for content, cue_stretches in article.targets:
            if inside(place, cue_stretches):
                gold = words_in(article.page, cue.tree, content)
                fits = np.maximum(fits, [overlap(candidate.words, gold) for candidate in candidates])
        take = (
            (lambda traits: [number[t] for t in traits if t in number])
            if is_frozen
            else (lambda traits: [number.setdefault(t, len(number)) for t in traits])
        )
        yield take(cue.traits), [take(candidate.traits) for candidate in candidates], fits, cue, candidates


def words_in(page, tree, stretches):
    """Places where the words of these stretches start, by the tree where it reaches, else by the page."""
    first, last = tree.starts[0], tree.ends[-1]
    found = {tree.starts[t] for t in range(len(tree)) if tree.is_word(t) and inside(tree.starts[t], stretches)}
    for start, end in stretches:
        for token in range(page.token_at(start), page.tokens_before(end)):
            if not first <= page.starts[token] < last and page.words[token][0].isalnum():
                found.add(page.starts[token])
    opening = min(found, default=None)
    if len(found) > 1 and page.text[opening : opening + 5].lower() == "that ":
        found.discard(opening)
    return frozenset(found)


def overlap(left, right):
    return len(left & right) / len(left | right) if left | right else 0.0


def packed_groups(groups):
    cue_ends, cue_traits, ends, trait_ends, traits, fits = [0], [], [0], [0], [], []
    for of_cue, of_candidates, fit, *_ in groups:
        cue_traits += of_cue
        cue_ends.append(len(cue_traits))
        for of_candidate in of_candidates:
            traits += of_candidate
            trait_ends.append(len(traits))
        ends.append(ends[-1] + len(of_candidates))
        fits += list(fit)
    return [np.array(part, np.int64) for part in (cue_ends, cue_traits, ends, trait_ends, traits)], np.array(fits)


def targets_of(fits, ends):
    """What each candidate's chance should be, up to a factor per cue; all zero means "none"."""
    wanted = np.zeros_like(fits)
    for low, high in pairwise(ends):
        best = fits[low:high].max()
        if best >= GOOD:
            wanted[low:high] = np.where(fits[low:high] >= max(GOOD, best - 0.1), (fits[low:high] / best) ** 8, 0)
        elif best >= FAIR:
            wanted[low:high] = np.where(fits[low:high] == best, 0.5, 0)
    return wanted


@njit(cache=False)
def chances(group, weights, cue_ends, cue_traits, ends, trait_ends, traits, out):
    base = 0.0
    for k in range(cue_ends[group], cue_ends[group + 1]):
        base += weights[cue_traits[k]]
    highest = 0.0
    n = ends[group + 1] - ends[group]
    for i in range(n):
        score = base
        for k in range(trait_ends[ends[group] + i], trait_ends[ends[group] + i + 1]):
            score += weights[traits[k]]
        out[i] = score
        highest = max(highest, score)
    total = np.exp(-highest)
    for i in range(n):
        out[i] = np.exp(out[i] - highest)
        total += out[i]
    for i in range(n):
        out[i] /= total


@njit(cache=False)
def epoch(order, weights, squares, cue_ends, cue_traits, ends, trait_ends, traits, wanted, step, ridge):
    out = np.zeros(512)
    for group in order:
        chances(group, weights, cue_ends, cue_traits, ends, trait_ends, traits, out)
        low, n = ends[group], ends[group + 1] - ends[group]
        held = 0.0
        for i in range(n):
            held += wanted[low + i] * out[i]
        errors = 0.0
        for i in range(n):
            error = out[i] - (wanted[low + i] * out[i] / held if held > 0 else 0.0)
            errors += error
            if abs(error) > 1e-4:
                for k in range(trait_ends[low + i], trait_ends[low + i + 1]):
                    at = traits[k]
                    slope = error + ridge * weights[at]
                    squares[at] += slope * slope
                    weights[at] -= step / np.sqrt(squares[at]) * slope
        if abs(errors) > 1e-4:
            for k in range(cue_ends[group], cue_ends[group + 1]):
                at = cue_traits[k]
                slope = errors + ridge * weights[at]
                squares[at] += slope * slope
                weights[at] -= step / np.sqrt(squares[at]) * slope


def fitted(groups, n_traits):
    arrays, fits = packed_groups(groups)
    wanted = targets_of(fits, arrays[2])
    seen = np.bincount(arrays[1], minlength=n_traits) + np.bincount(arrays[4], minlength=n_traits)
    weights, squares, random = np.zeros(n_traits), np.ones(n_traits), np.random.default_rng(1)
    for _ in range(EPOCHS):
        epoch(random.permutation(len(groups)), weights, squares, *arrays, wanted, STEP, RIDGE)
        weights[seen < MIN_SEEN] = 0
    return weights


def main(out=OUT, examples=None):
    examples = list(articles()) if examples is None else examples
    strength = strength_of(examples)
    number = {}
    groups = [group[:3] for article in examples for group in groups_of(article, strength, number)]
    weights = fitted(groups, len(number))
    held = packed(strength, {trait: weights[at] for trait, at in number.items()})
    Path(out).write_text(json.dumps(held, separators=(",", ":")) + "\n", "utf-8")
    n_right = sum(group[2].max() >= GOOD for group in groups)
    size = Path(out).stat().st_size
    print(f"{len(examples)} articles, {len(groups)} cues, {n_right} that govern something, {len(strength)} words, {size} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:2])
