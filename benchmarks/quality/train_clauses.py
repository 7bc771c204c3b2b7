"""Retrain the ranker of clauses: python benchmarks/quality/train_clauses.py TEXT_FOLDER GOLD.jsonl.gz OUT.json

GOLD holds rows {doc, id, content, speaker, cue} as in PolNeAR; see src/firstsaid/parsing/weights/README.md. Logistic regression by
AdaGrad, seeded; one thread, about half a minute for 840 articles.
"""

import gzip
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from firstsaid.parsing import lexicon
from firstsaid.parsing.clauses import _used_tokens, proposals
from firstsaid.parsing.direct import find_direct
from firstsaid.parsing.structure import take_apart

MIN_SEEN = 4  # a feature seen more rarely describes one article
GOOD_OVERLAP = 0.75  # a proposal this close to the gold content counts as right if no other of its cue is closer


def main(folder, gold_path, out_path):
    gold = defaultdict(list)
    with gzip.open(gold_path, "rt") as lines:
        for row in map(json.loads, lines):
            gold[row["doc"]] += [row] if "id" in row else []
    cues, vocabulary, rows, labels = lexicon.cues("en"), {}, [], []
    for name in sorted(gold):
        page = take_apart((Path(folder) / f"{name}.txt").read_bytes().decode("utf-8"), (), "en")
        used = _used_tokens(page, find_direct(page, cues))
        targets = [(words_of(page, row["content"]), words_of(page, row["cue"])) for row in gold[name]]
        for first, end in page.units:
            for options in proposals(page, first, min(end, first + 400), cues, used):
                fits = [max((overlap(tokens_of(page, o), c) for c, cue in targets if o.verb in cue), default=0) for o in options]
                for option, fit in zip(options, fits, strict=True):
                    rows.append([vocabulary.setdefault(feature, len(vocabulary)) for feature in option.features])
                    labels.append(float(fit >= GOOD_OVERLAP and fit == max(fits)))
    weights, counts = fitted(np.array(rows), np.array(labels), len(vocabulary))
    kept = {f: round(1000 * weights[at]) for f, at in vocabulary.items() if counts[at] >= MIN_SEEN and abs(weights[at]) > 0.04}
    Path(out_path).write_text(json.dumps(dict(sorted(kept.items())), indent=0, separators=(",", ":")))
    print(f"{len(rows)} proposals, {int(sum(labels))} right, {len(kept)} weights")


def words_of(page, stretches):
    tokens = {t for a, b in stretches for t in range(page.token_at(a), page.tokens_before(b)) if page.words[t][0].isalnum()}
    if len(tokens) > 1 and page.lower[min(tokens)] == "that":
        tokens.discard(min(tokens))
    return tokens


def tokens_of(page, option):
    return {t for low, high in option.pieces for t in range(low, high) if page.words[t][0].isalnum()}


def overlap(left, right):
    return len(left & right) / len(left | right) if left | right else 0


def fitted(rows, labels, n_features):
    """Weights and how often each feature was seen."""
    weights, squares, random = np.zeros(n_features), np.full(n_features, 1e-6), np.random.default_rng(1)
    counts = np.bincount(rows.ravel(), minlength=n_features)
    for _ in range(12):
        order = random.permutation(len(labels))
        for at in range(0, len(order), 256):
            batch = rows[order[at : at + 256]]
            error = 1 / (1 + np.exp(-weights[batch].sum(1))) - labels[order[at : at + 256]]
            gradient = np.zeros(n_features)
            np.add.at(gradient, batch.ravel(), np.repeat(error, batch.shape[1]))
            seen = np.unique(batch)
            step = gradient[seen] + 0.02 * weights[seen]
            squares[seen] += step**2
            weights[seen] -= 0.3 / np.sqrt(squares[seen]) * step
        weights[counts < MIN_SEEN] = 0
    return weights, counts


if __name__ == "__main__":
    main(*sys.argv[1:4])
