"""Retrain the ranker of statements: python -m benchmarks.quality.train_clauses [OUT.json]

Reads PolNeAR train from FIRSTSAID_DATA (quotations/train); see docs/explanation/model-card.md. Log-linear choice among the stretches of
each cue and "none" (see `fitting`), seeded, one thread: the same bytes on one kind of processor.
"""

from __future__ import annotations

import json
import sys
import tarfile
from array import array
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from benchmarks.quality.external import json_lines
from benchmarks.quality.field import external_set
from benchmarks.quality.fitting import Examples, fitted
from firstsaid.parsing.clauses.attributing import STRENGTHS, is_word_of_saying, key_of, packed
from firstsaid.parsing.clauses.clauses import MIN_STEPS, cues_of, trees_of
from firstsaid.parsing.clauses.network import N_PLACES, places_of
from firstsaid.parsing.clauses.ranker import candidates_of
from firstsaid.parsing.lexicon import cues as cues_of_language
from firstsaid.parsing.lexicon import word_set
from firstsaid.parsing.marked.direct import find_direct
from firstsaid.parsing.structure import NO_PAIR, take_apart

OUT = Path(__file__).resolve().parents[2] / "src/firstsaid/parsing/clauses/weights.json"
MIN_SEEN = 60  # a trait seen more rarely describes one article; on articles held out, 30,000 traits are as good as 170,000
IN_NETWORK = word_set(
    """
    Cl Ct Cd Cs Cx Cn Cp Cq Cinq Cqm Ca Ch Chd Cg Cso Gv Chead k e f ft n nt fd q L g v h hd lt p nk2 dj bf more mored kp kd kdk kdc kdl
    kdout
    """
)
"""Kinds of traits that the network looks at: those of one thing each, for it finds what two have in common itself."""
MIN_SEEN_IN_NETWORK = 600  # a row of the network costs as much of the file as 25 weights


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


def groups_of(article, strength, number):
    """(cue traits, candidate traits, overlaps with the gold content) as numbers, for each cue."""
    every_word = {key.rpartition("|")[0]: MIN_STEPS for key in strength}
    for cue, words in cues_of(article.page, article.direct, strength, every_word):
        candidates = candidates_of(cue, article.direct, words, article.page)
        if not candidates:
            continue
        place = cue.tree.starts[cue.token]
        fits = np.zeros(len(candidates))
        for content, cue_stretches in article.targets:
            if inside(place, cue_stretches):
                gold = words_in(article.page, cue.tree, content)
                fits = np.maximum(fits, [overlap(candidate.words, gold) for candidate in candidates])

        def take(traits):
            return [number.setdefault(trait, len(number)) for trait in traits]

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


def examples_of(articles, strength, number):
    """Every cue of the articles with its stretches, as `fitting` takes them; `number` grows."""
    cue_ends, ends, trait_ends = (array("q", [0]) for _ in range(3))
    cue_traits, traits, fits = array("i"), array("i"), array("d")
    places, vectors, n_tokens, firsts = array("i"), [], 0, array("q", [0])
    for article in articles:
        first_row: dict[int, int] = {}
        for of_cue, of_candidates, fit, cue, candidates in groups_of(article, strength, number):
            if cue.unit not in first_row:
                first_row[cue.unit] = n_tokens
                vectors.append(cue.tree.vectors.astype(np.float16))
                n_tokens += len(cue.tree)
            cue_traits.extend(of_cue)
            cue_ends.append(len(cue_traits))
            for of_candidate, candidate in zip(of_candidates, candidates, strict=True):
                traits.extend(of_candidate)
                trait_ends.append(len(traits))
                places.extend([place + first_row[cue.unit] if place >= 0 else -1 for place in places_of(cue, candidate.option)])
            ends.append(ends[-1] + len(candidates))
            fits.extend(fit)
        firsts.append(len(ends) - 1)
    columns = [np.array(column) for column in (cue_ends, cue_traits, ends, trait_ends, traits, fits)]
    return Examples(*columns, np.array(places).reshape(-1, N_PLACES + 2), np.concatenate(vectors), np.array(firsts))


def main(out=OUT, examples=None):
    examples = list(articles()) if examples is None else examples
    strength = strength_of(examples)
    number: dict[str, int] = {}
    rows = examples_of(examples, strength, number)
    seen = np.bincount(rows.cue_traits, minlength=len(number)) + np.bincount(rows.traits, minlength=len(number))
    in_network = [trait for trait in number if trait.partition(":")[0] in IN_NETWORK and seen[number[trait]] >= MIN_SEEN_IN_NETWORK]
    row_of = np.full(len(number), -1, np.int32)
    row_of[[number[trait] for trait in in_network]] = np.arange(len(in_network))
    weights, network = fitted(rows, seen >= MIN_SEEN, row_of, len(in_network))
    held = packed(strength, {trait: weights[at] for trait, at in number.items()}, network, in_network)
    Path(out).write_text(json.dumps(held, separators=(",", ":")) + "\n", "utf-8")
    n_cues, size = len(rows.ends) - 1, Path(out).stat().st_size
    n_weights = sum(seen >= MIN_SEEN)
    print(f"{len(examples)} articles, {n_cues} cues, {len(strength)} words, {n_weights} weights, {len(in_network)} rows, {size} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:2])
