"""Texts made in code for timing: words drawn as in a language (Zipf), some passages copied with changes. The same for a seed, anywhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

N_WORDS_PER_TEXT = 500
VOCABULARY_SIZE = 60_000
SHARE_COPIED = 0.2
"""Share of texts that take a passage from an earlier one, 40 to 120 words with every twelfth word changed on average."""
SYLLABLES = tuple(first + second for first in "bdfghklmnprstvw" for second in ("a", "e", "i", "o", "u", "ar", "en", "il", "on"))


@dataclass(frozen=True, slots=True)
class MadeCorpus:
    """`texts`: id -> text. `copies`: the places (id, start, end) of both ends of each planted copy."""

    texts: dict[str, str]
    copies: tuple[tuple[tuple[str, int, int], tuple[str, int, int]], ...]


def vocabulary(random: np.random.Generator, size: int) -> np.ndarray:
    """Different made-up words, short ones first, as frequent words are short."""
    words: dict[str, None] = {}
    while len(words) < size:
        n_syllables = 1 + int(len(words) > 60) + int(len(words) > 4000) + int(random.integers(0, 2))
        words.setdefault("".join(SYLLABLES[at] for at in random.integers(0, len(SYLLABLES), n_syllables)))
    return np.array(list(words), object)


def made_corpus(n_texts: int, seed: int = 1) -> MadeCorpus:
    """`n_texts` texts of about 500 words."""
    random = np.random.default_rng(seed)
    words = vocabulary(random, VOCABULARY_SIZE)
    chance = 1 / np.arange(3, VOCABULARY_SIZE + 3)
    cumulative = np.cumsum(chance / chance.sum())
    drawn = np.minimum(np.searchsorted(cumulative, random.random((n_texts, N_WORDS_PER_TEXT))), VOCABULARY_SIZE - 1)
    places: list[tuple[int, int, int, int, int]] = []
    for child in range(1, n_texts):
        if random.random() < SHARE_COPIED:
            parent, length = int(random.integers(0, child)), int(random.integers(40, 121))
            taken, put = (int(at) for at in random.integers(0, N_WORDS_PER_TEXT - length, 2))
            passage = drawn[parent, taken : taken + length].copy()
            changed = random.random(length) < 1 / 12
            changed[[0, -1]] = False
            passage[changed] = random.integers(0, VOCABULARY_SIZE, int(changed.sum()))
            drawn[child, put : put + length] = passage
            places.append((parent, taken, child, put, length))
    ids = [f"text-{at:06}" for at in range(n_texts)]
    texts, bounds = {}, []
    for key, row in zip(ids, drawn, strict=True):
        chosen = words[row].tolist()
        ends = np.cumsum([len(word) + 1 for word in chosen]) - 1
        bounds.append(ends)
        texts[key] = " ".join(chosen) + "."
    copies = tuple(
        tuple(
            (ids[text], int(bounds[text][at - 1]) + 1 if at else 0, int(bounds[text][at + length - 1]))
            for text, at in ((parent, taken), (child, put))
        )
        for parent, taken, child, put, length in places
    )
    return MadeCorpus(texts, copies)  # type: ignore[arg-type]
