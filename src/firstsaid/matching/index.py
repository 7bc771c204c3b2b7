"""Where given words stand in a corpus: postings on disk, memory-mapped, for `whence` and `check`.

A folder of flat arrays: the words of every document; each three-word shingle and each word, singletons included, with its places, sorted by
hash. It is derived from the texts, carries a digest of them, and may be deleted and built again at any time.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from firstsaid.matching.lookup import Found, Postings, find
from firstsaid.matching.words import Marked, WordArrays, word_arrays
from firstsaid.model import digest

FORMAT = 2
"""Goes up when the files or the hashes in them change; another format is built again."""

_ARRAYS: dict[str, type[np.generic]] = {
    "hashes": np.uint64, "signatures": np.uint64, "starts": np.uint32, "ends": np.uint32, "bounds": np.int64,
    "shingle_hashes": np.uint32, "shingle_places": np.uint32, "word_hashes": np.uint32, "word_places": np.uint32,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of a document that holds words of the query. Offsets in code points; `similarity` in 1/10,000 (see `model.Alignment`)."""

    document_id: str
    start: int
    end: int
    query_start: int
    query_end: int
    n_words: int
    similarity: int


@dataclass(frozen=True, slots=True)
class Index:
    """An open index. Reading it is safe from several threads and processes; `inputs` is the digest of what it was built from."""

    inputs: str
    ids: tuple[str, ...]
    postings: Postings

    def find(self, text: str, *, min_words: int = 3) -> list[Match]:
        """Where words of the text stand, in the same or altered wording, best first, then by document id and place.

        `min_words`: fewest equal words of a match; a shorter text must be found whole. A long text is matched passage by passage.
        Cost: the places of its rarest words and shingles; under a tenth of a second for a sentence in 100,000 documents.
        """
        words = word_arrays([text])
        found: list[Found] = find(self.postings, words, min_words)
        matches = [
            Match(self.ids[one.document], one.start, one.end, one.query_start, one.query_end, one.n_words, one.similarity) for one in found
        ]
        return sorted(matches, key=lambda m: (-m.n_words * m.similarity, m.document_id, m.start, m.query_start))


def inputs_digest(ids: Sequence[str], texts: Sequence[str], left_out: Sequence[Marked] | None = None) -> str:
    """What an index of these texts is built from, as a digest; the order of the texts does not count."""
    order = sorted(range(len(ids)), key=ids.__getitem__)
    hasher = blake2b(digest_size=16)
    for i in order:
        spans = left_out[i] if left_out is not None else ()
        text = texts[i].encode("utf-8", "surrogatepass")
        hasher.update(f"{len(ids[i])} {len(text)} {len(spans)}\n{ids[i]}".encode("utf-8", "surrogatepass"))
        hasher.update(text)
        hasher.update("".join(f"{start}:{end} " for start, end in spans).encode())
    return digest("index", FORMAT, hasher.digest())


def build(
    folder: str | Path, ids: Sequence[str], texts: Sequence[str], *, left_out: Sequence[Marked] | None = None, inputs: str | None = None
) -> Index:
    """Write the index of the texts to `folder`, in place of what was there, and open it.

    `left_out`: stretches of each text that match nothing. `inputs`: what identifies these texts, if the caller knows better than a digest
    of all their words. Written beside the folder first and moved, so that a reader sees
    the old index or the new one. Cost: two sorts of all words; 40 bytes of disk a word.
    """
    order = sorted(range(len(ids)), key=ids.__getitem__)
    words = word_arrays([texts[i] for i in order], None if left_out is None else [left_out[i] for i in order])
    target = Path(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        _write(made, words, [ids[i] for i in order], inputs or inputs or inputs_digest(ids, texts, left_out))
        _replace(target, made)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    opened = open_index(target)
    if opened is None:
        raise OSError(f"index in {target} cannot be read back after writing: is the disk full?")
    return opened


def _write(folder: Path, words: WordArrays, ids: list[str], inputs: str) -> None:
    from firstsaid.matching import word_kernels

    sizes: dict[str, int] = {}

    def save(name: str, array: npt.NDArray[Any]) -> None:
        with (folder / f"{name}.bin").open("wb") as file:
            np.ascontiguousarray(array, _ARRAYS[name]).tofile(file)
            file.flush()
            os.fsync(file.fileno())
        sizes[name] = len(array)

    for name in ("hashes", "signatures", "starts", "ends", "bounds"):
        save(name, getattr(words, name))
    for name, hashes in (("shingle", word_kernels.shingles(words.hashes, words.bounds, 3)), ("word", words.hashes)):
        places = np.flatnonzero(hashes).astype(np.uint32)
        # 32 bits of a hash find the places; the words themselves are compared afterwards.
        short = (hashes[places] >> np.uint64(32)).astype(np.uint32)
        by_hash = np.argsort(short, kind="stable")
        save(f"{name}_hashes", short[by_hash])
        save(f"{name}_places", places[by_hash])
    content = {"format": FORMAT, "inputs": inputs, "sizes": sizes, "ids": ids}
    (folder / "index.json").write_text(json.dumps(content), encoding="utf-8")


def _replace(target: Path, made: Path) -> None:
    """Move `made` to `target`; what was there goes. Between two renames a reader finds none, which it treats as not built yet."""
    if target.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
        target.rename(old / "index")
        made.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    else:
        made.rename(target)


def open_index(folder: str | Path, inputs: str | None = None) -> Index | None:
    """The index in `folder`; None where there is none, it is of another format, damaged, or not built from `inputs` (a digest)."""
    root = Path(folder)
    try:
        content = json.loads((root / "index.json").read_text(encoding="utf-8"))
        if content["format"] != FORMAT or (inputs is not None and content["inputs"] != inputs):
            return None
        arrays = {name: _mapped(root / f"{name}.bin", kind, content["sizes"][name]) for name, kind in _ARRAYS.items()}
        ids = tuple(content["ids"])
        built_from = str(content["inputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    bounds = arrays["bounds"]
    if len(bounds) != len(ids) + 1 or bounds[-1] != len(arrays["hashes"]):
        return None
    words = WordArrays(*(arrays[name] for name in ("hashes", "signatures", "starts", "ends", "bounds")))
    return Index(
        built_from,
        ids,
        Postings(words, arrays["shingle_hashes"], arrays["shingle_places"], arrays["word_hashes"], arrays["word_places"]),
    )


def _mapped(path: Path, kind: type[np.generic], size: int) -> npt.NDArray[Any]:
    """The array in the file; ValueError where the file's size is not what was written."""
    if path.stat().st_size != size * np.dtype(kind).itemsize:
        raise ValueError(f"{path} has {path.stat().st_size} bytes, {size * np.dtype(kind).itemsize} were written")
    return np.memmap(path, kind, "r", shape=(size,)) if size else np.zeros(0, kind)
