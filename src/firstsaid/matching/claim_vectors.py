"""Static word-piece vectors: what lets two texts meet that share no word. Read from the files inside the wordllama wheel (MIT).

The package itself is never imported: its start takes half a second, sets up logging and pulls in an HTTP client, and nothing of it is
needed but two files. No network, no download, no cache.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from firstsaid.errors import MissingExtraError
from firstsaid.text import sanitize

DIMENSIONS = 256
MAX_LETTERS = 8000
"""Only so much of a text is embedded: the mean of more says nothing of one claim, and tokenizing is no longer quick."""

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of many texts, one after the other: those of text `i` are `ids[bounds[i]:bounds[i + 1]]`."""

    ids: Integers
    bounds: Integers


@dataclass(frozen=True, slots=True)
class Vectors:
    """The tokenizer and the table of vectors (n pieces x 256, as trained) with the same scaled to length 1."""

    tokenizer: Any
    table: Floats
    unit: Floats

    def pieces(self, texts: Sequence[str]) -> Pieces:
        """The word pieces of each text, in order."""
        encoded = self.tokenizer.encode_batch_fast([sanitize(text[:MAX_LETTERS])[0] for text in texts], add_special_tokens=False)
        listed = [encoding.ids for encoding in encoded]
        bounds = np.concatenate(([0], np.cumsum([len(ids) for ids in listed], dtype=np.int64))).astype(np.int64)
        ids = np.fromiter((piece for ids in listed for piece in ids), np.int64, count=int(bounds[-1]))
        return Pieces(ids, bounds)

    def means(self, pieces: Pieces) -> Floats:
        """The mean vector of each text scaled to length 1 (n texts x 256); zeros for a text without words."""
        from firstsaid.matching import claim_kernels

        sums = np.zeros((len(pieces.bounds) - 1, DIMENSIONS), np.float32)
        claim_kernels.sum_rows(self.table, pieces.ids, pieces.bounds, sums)
        return unit_length(sums)


def unit_length(rows: Floats) -> Floats:
    """Each row scaled to length 1; rows of zeros stay."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    return np.asarray(rows / np.maximum(lengths, np.float32(1e-9))[:, None], np.float32)


@cache
def load_vectors() -> Vectors:
    """The vectors, loaded once a process (about 0.1 s, 64 MB)."""
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    found = importlib.util.find_spec("wordllama")
    if found is None or not found.submodule_search_locations:
        raise MissingExtraError("the word vectors are missing: pip install wordllama")
    folder = Path(found.submodule_search_locations[0])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    table = load_file(str(folder / "weights" / "l2_supercat_256.safetensors"))["embedding.weight"].astype(np.float32)
    return Vectors(tokenizer, table, unit_length(table))
