"""Texts that contain themselves twice: a page that carries its body for two screens, or an extraction that took it twice."""

from __future__ import annotations

import numpy as np

from firstsaid.text import words

SHINGLE_WORDS = 8
"""Eight words in a row do not recur by chance within one text, while a few changed words leave most shingles whole."""
MIN_COPY_WORDS = 40
"""Shorter repeats are refrains, captions and pull quotes."""
MIN_SHARE = 0.3
"""Of the text's words that the second copy must make up; pull quotes and summaries stay below, a doubled body makes 0.5."""
MAX_DRIFT_WORDS = 12
"""How far the distance between the two copies may move: a caption or a date that only one of them has."""
MAX_CHARS = 2_000_000
"""A longer text is a book or a dump: a copy in it is no reader's fault, and the closer look would take a gigabyte."""
PROBE_CHARS = 48
"""Probes of this length at fixed places decide in a C search whether a closer look is needed at all."""


def doubled(text: str) -> tuple[int, int] | None:
    r"""Start and end of the second copy, if much of the text stands in it twice, in the same order; else None.

    Cost: a dozen searches for an ordinary text; a pass over the words for a suspicious one.

    >>> body = " ".join(f"word{n} and then some" for n in range(40))
    >>> doubled(body) is None, doubled(body + "\n" + body) == (len(body) + 1, 2 * len(body) + 1)
    (True, True)
    """
    if not 4 * MIN_COPY_WORDS <= len(text) <= MAX_CHARS or not _looks_doubled(text):
        return None
    listed = words(text)
    n = len(listed)
    if n < 2 * MIN_COPY_WORDS:
        return None
    first: dict[tuple[str, ...], int] = {}
    pairs: list[tuple[int, int]] = []
    for at in range(n - SHINGLE_WORDS + 1):
        shingle = listed.keys[at : at + SHINGLE_WORDS]
        earlier = first.setdefault(shingle, at)
        if earlier != at and at - earlier >= MIN_COPY_WORDS // 2:
            pairs.append((at, at - earlier))
    if len(pairs) < MIN_COPY_WORDS - SHINGLE_WORDS:
        return None
    places, distances = (np.array(column) for column in zip(*pairs, strict=True))
    modal = int(np.median(distances))
    inside = places[np.abs(distances - modal) <= max(MAX_DRIFT_WORDS, modal // 20)]
    if len(inside) < max(MIN_COPY_WORDS - SHINGLE_WORDS, MIN_SHARE * n):
        return None
    begin, finish = int(inside[0]), int(inside[-1]) + SHINGLE_WORDS
    if len(inside) < 0.7 * (finish - begin - SHINGLE_WORDS + 1) or begin < modal // 2:
        return None
    return int(listed.starts[begin]), _with_closing_marks(text, int(listed.ends[finish - 1]))


def _looks_doubled(text: str) -> bool:
    """Whether at least two of twelve probes from the first half stand in the text a second time."""
    step = max(1, len(text) // 24)
    hits = 0
    for at in range(0, len(text) // 2, step):
        probe = text[at : at + PROBE_CHARS]
        if len(probe.strip()) > PROBE_CHARS // 2 and text.find(probe, at + PROBE_CHARS) >= 0:
            hits += 1
            if hits == 2:
                return True
    return False


def _with_closing_marks(text: str, end: int) -> int:
    while end < len(text) and not text[end].isspace() and not text[end].isalnum():
        end += 1
    return end
