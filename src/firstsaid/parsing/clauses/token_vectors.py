"""The parser's token vectors, as spaCy's pinned model makes them, in half its time.

A token's vector is made in two steps. The first looks at the word alone, so spaCy's own layers make it once for every different word.
The second looks at the four tokens on either side: four residual layers of a window of three, maxout over three pieces and layer
normalisation, done here for a whole document at once (`thinc` does the same sums; results differ in the last digits of a float).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
PAD = 4
"""Rows of zeros on either side of a sentence: as many as there are layers, so that no sentence sees another one."""
EPSILON = 1e-8  # added to a variance, as `thinc` does
MAX_REMEMBERED = 50_000  # words whose first step is remembered: 20 MB
_N_PIECES = 3


def product(left: Floats, right: Floats) -> Floats:
    """The product of two matrices by the parser's library, in one thread: NumPy starts one a core, which beside workers costs double."""
    made: Floats = _operations().gemm(left, right)
    return made


@cache
def _operations() -> Any:
    from thinc.api import NumpyOps

    return NumpyOps()


class TokenVectors:
    """The second step's weights, and what the first step made of the words seen so far."""

    def __init__(self, pipeline: Any) -> None:
        model = pipeline.get_pipe("tok2vec").model
        self._vocab = pipeline.vocab
        self._by_word, around = model.layers
        self._layers = [_weights(residual.layers[0]) for residual in around.layers[0].layers]
        self._width = int(model.get_dim("nO"))
        self._forget()

    def _forget(self) -> None:
        self._row_of: dict[tuple[int, int], int] = {}
        self._known = np.zeros((0, self._width), np.float32)

    def set_on(self, docs: Sequence[Any]) -> None:
        """Give every document its `tensor`. Linear in tokens; one array of 2 KB a token is held at a time."""
        keys = [(orth, space) for doc in docs for orth, space in doc.to_array(["ORTH", "SPACY"]).tolist()]
        if len(self._row_of) > MAX_REMEMBERED:
            self._forget()
        self._learn(keys)
        row_of = self._row_of
        lengths = np.array([len(doc) for doc in docs])
        ends = np.cumsum(lengths + PAD)
        places = np.arange(len(keys)) + PAD * np.repeat(np.arange(1, len(docs) + 1), lengths)
        rows = np.zeros((int(ends[-1]) + PAD, self._width), np.float32)
        rows[places] = self._known[[row_of[key] for key in keys]]
        for layer in self._layers:
            rows = _with_neighbours(rows, *layer)
        for doc, end in zip(docs, ends.tolist(), strict=True):
            doc.tensor = rows[end - len(doc) : end]

    def _learn(self, keys: Sequence[tuple[int, int]]) -> None:
        from spacy.tokens import Doc

        new = [key for key in dict.fromkeys(keys) if key not in self._row_of]
        if not new:
            return
        strings = self._vocab.strings
        words = Doc(self._vocab, words=[strings[orth] for orth, _ in new], spaces=[bool(space) for _, space in new])
        made = self._by_word.predict([words])[0]
        self._row_of.update((key, row) for row, key in enumerate(new, len(self._known)))
        self._known = np.concatenate([self._known, made])


def _weights(window: Any) -> tuple[Floats, Floats, Floats, Floats]:
    """(matrix, bias, scale, shift) of a window's layers; the columns of the matrix in the order of pieces."""
    named = {layer.name: layer for layer in window.walk()}
    maxout, norm = named["maxout"], named["layernorm"]
    matrix, bias = maxout.get_param("W"), maxout.get_param("b")
    n_in = matrix.shape[2]
    by_piece = matrix.transpose(1, 0, 2).reshape(-1, n_in).T
    return np.ascontiguousarray(by_piece), bias.T.reshape(-1), norm.get_param("G"), norm.get_param("b")


def _with_neighbours(rows: Floats, matrix: Floats, bias: Floats, scale: Floats, shift: Floats) -> Floats:
    """The rows with what one layer adds from each row and the ones beside it."""
    width = rows.shape[1]
    windows = np.zeros((len(rows), 3 * width), np.float32)
    windows[1:, :width] = rows[:-1]
    windows[:, width : 2 * width] = rows
    windows[:-1, 2 * width :] = rows[1:]
    pieces = product(windows, matrix)
    pieces += bias
    best = pieces[:, :width]
    for piece in range(1, _N_PIECES):
        best = np.maximum(best, pieces[:, piece * width : (piece + 1) * width])
    best -= best.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", best, best) / width + EPSILON
    best *= (1 / np.sqrt(variance))[:, None]
    best *= scale
    best += shift
    best += rows
    return best
