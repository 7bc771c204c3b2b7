"""Many texts as flat arrays of words: what the compiled loops work on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from firstsaid.text import TABLE_SIZE, is_second_half, tables

Marked = Sequence[tuple[int, int]]

CHUNK_CHARACTERS = 1 << 20
"""Characters tokenised at a time: bounds the work space (28 bytes a character) without costing calls."""


@dataclass(frozen=True, slots=True)
class WordArrays:
    """Words of `n` texts, one text after the other.

    `hashes`, `signatures`: uint64 per word (hash 0 matches nothing); `starts`, `ends`: uint32 code points in its text; `bounds`:
    int64, length n + 1: text `d` holds words `bounds[d]` to `bounds[d + 1]`.
    """

    hashes: npt.NDArray[np.uint64]
    signatures: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.uint32]
    ends: npt.NDArray[np.uint32]
    bounds: npt.NDArray[np.int64]

    def __len__(self) -> int:
        """How many words in all."""
        return len(self.hashes)


@cache
def letter_flags() -> npt.NDArray[np.uint8]:
    """By code point: 1 for what the line-end hyphen rule calls a letter, 2 for what may go on with a broken word (bits)."""
    flags = np.zeros(TABLE_SIZE, np.uint8)
    for code in range(TABLE_SIZE):
        character = chr(code)
        flags[code] = (character.isalnum() and not character.isdecimal()) | is_second_half(character) << 1
    return flags


def word_arrays(texts: Sequence[str], left_out: Sequence[Marked] | None = None) -> WordArrays:
    """The words of every text, in order; those that touch a stretch of `left_out` (one list of spans per text) match nothing.

    Agrees with `text.words`: equal keys, equal hashes. Cost: about 60 million characters a second.
    """
    from firstsaid.matching import word_kernels

    classes, folds, expansions = tables()
    flags = letter_flags()
    pieces = []
    at = 0
    while at < len(texts):
        end, n_characters = at, 0
        while end < len(texts) and (end == at or n_characters + len(texts[end]) <= CHUNK_CHARACTERS):
            n_characters += len(texts[end])
            end += 1
        codes = np.frombuffer("".join(texts[at:end]).encode("utf-32-le", "surrogatepass"), np.uint32)
        offsets = np.zeros(end - at + 1, np.int64)
        np.cumsum([len(text) for text in texts[at:end]], out=offsets[1:])
        pieces.append(word_kernels.tokenise(codes, offsets, classes, folds, expansions, flags))
        at = end
    arrays = _joined(pieces)
    if left_out is not None:
        for d, spans in enumerate(left_out):
            if spans:
                _leave_out(arrays, d, spans)
    return arrays


def _joined(pieces: Sequence[tuple[npt.NDArray[Any], ...]]) -> WordArrays:
    """One set of arrays from the chunks', freeing each chunk's column as it is copied."""
    if len(pieces) == 1:
        return WordArrays(*pieces[0])
    n_words = sum(len(piece[0]) for piece in pieces)
    columns: list[npt.NDArray[Any]] = []
    rest = [list(piece) for piece in pieces]
    for number, kind in enumerate((np.uint64, np.uint64, np.uint32, np.uint32)):
        column = np.empty(n_words, kind)
        at = 0
        for piece in rest:
            column[at : at + len(piece[number])] = piece[number]
            at += len(piece[number])
            piece[number] = np.empty(0, kind)
        columns.append(column)
    counts = [np.diff(piece[4]) for piece in rest]
    bounds = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.concatenate(counts))]) if counts else np.zeros(1, np.int64)
    return WordArrays(columns[0], columns[1], columns[2], columns[3], bounds.astype(np.int64))


def _leave_out(arrays: WordArrays, d: int, spans: Marked) -> None:
    """Words of text `d` that touch one of the spans get hash 0."""
    low, high = int(arrays.bounds[d]), int(arrays.bounds[d + 1])
    for start, end in spans:
        first = low + int(np.searchsorted(arrays.ends[low:high], start, side="right"))
        last = low + int(np.searchsorted(arrays.starts[low:high], end, side="left"))
        arrays.hashes[first:last] = 0
