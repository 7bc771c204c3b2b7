"""Where given words stand in a corpus: postings on disk, memory-mapped, for `whence` and `check`.

A folder of flat arrays: the words of every document; each three-word shingle and each word, singletons included, with its places, sorted by
hash. It is derived from the texts, carries a digest of them, and may be deleted and built again at any time. A few documents more or less
are merged into it, which copies the arrays and sorts nothing but what is new; the result is the same to the byte.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from firstsaid.matching.lookup import Found, Postings, find
from firstsaid.matching.words import Marked, WordArrays, word_arrays
from firstsaid.model import digest
from firstsaid.unfinished import private_folder

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
    (shingle_hashes, shingle_places), (word_hashes, word_places) = _postings_of(words)
    postings = Postings(words, shingle_hashes, shingle_places, word_hashes, word_places)
    named = inputs or inputs_digest(ids, texts, left_out)
    return _moved_into_place(Path(folder), lambda made: _write(made, postings, [ids[i] for i in order], named))


def update(folder: str | Path, ids: Sequence[str], texts_of: Callable[[Sequence[str]], Sequence[str]], inputs: str) -> Index:
    """The index in `folder`, brought to hold just these documents; built anew where there is none, or most documents are new.

    `texts_of` is asked for the texts of documents that are not in it yet. An id must stand for one text for ever. Cost: copying.
    """
    wanted = sorted(ids)
    held = open_index(folder)
    if not wanted or held is None or not _is_sound(held.postings):
        return build(folder, wanted, texts_of(wanted), inputs=inputs)
    present = set(held.ids)
    fresh = [one for one in wanted if one not in present]
    if len(fresh) > len(wanted) - len(fresh):
        return build(folder, wanted, texts_of(wanted), inputs=inputs)
    target = Path(folder)
    merged = _merged(held, wanted, fresh, word_arrays(texts_of(fresh)))
    return _moved_into_place(target, lambda made: _write(made, merged, wanted, inputs))


def _is_sound(postings: Postings) -> bool:
    """Whether every place is one of a word, and hashes are sorted: a file may have been damaged since it was written."""
    n_words = len(postings.words)
    pairs = ((postings.shingle_hashes, postings.shingle_places), (postings.word_hashes, postings.word_places))
    bounds = postings.words.bounds
    return bool((np.diff(bounds) >= 0).all()) and all(
        len(hashes) == len(places) and (not len(places) or (int(places.max()) < n_words and bool((hashes[1:] >= hashes[:-1]).all())))
        for hashes, places in pairs
    )


def _merged(held: Index, wanted: Sequence[str], fresh: Sequence[str], words: WordArrays) -> Postings:
    """Postings of the wanted documents: of the fresh ones, whose words are given, and of those that are held."""
    from firstsaid.matching import lookup_kernels

    old = held.postings.words
    old_numbers = {one: number for number, one in enumerate(held.ids)}
    fresh_numbers = {one: number for number, one in enumerate(fresh)}
    counts = np.empty(len(wanted), np.int64)
    taken = np.array([old_numbers.get(one, -1 - fresh_numbers.get(one, 0)) for one in wanted], np.int64)
    is_old = taken >= 0
    counts[is_old] = np.diff(old.bounds)[taken[is_old]]
    counts[~is_old] = np.diff(words.bounds)[-1 - taken[~is_old]]
    bounds = np.zeros(len(wanted) + 1, np.int64)
    np.cumsum(counts, out=bounds[1:])
    # Stretches of documents that lie together in the old arrays, and single new ones between them.
    moved = np.full(len(old), lookup_kernels.NOWHERE, np.uint32)
    fresh_places = np.zeros(len(words), np.uint32)
    pieces: list[tuple[WordArrays, slice]] = []
    breaks = np.flatnonzero(np.append(True, (taken[1:] != taken[:-1] + 1) | ~is_old[1:] | ~is_old[:-1]))
    for first, last in zip(breaks.tolist(), np.append(breaks[1:], len(wanted)).tolist(), strict=True):
        here = slice(int(bounds[first]), int(bounds[last]))
        numbers = np.arange(here.start, here.stop, dtype=np.uint32)
        if is_old[first]:
            there = slice(int(old.bounds[taken[first]]), int(old.bounds[taken[last - 1] + 1]))
            moved[there] = numbers
            pieces.append((old, there))
        else:
            there = slice(int(words.bounds[-1 - taken[first]]), int(words.bounds[-taken[first]]))
            fresh_places[there] = numbers
            pieces.append((words, there))
    arrays = [np.concatenate([getattr(one, name)[piece] for one, piece in pieces]) for name in ("hashes", "signatures", "starts", "ends")]
    merged = []
    held_pairs = (
        (held.postings.shingle_hashes, held.postings.shingle_places), (held.postings.word_hashes, held.postings.word_places),
    )  # fmt: skip
    for (old_hashes, old_places), (hashes, places) in zip(held_pairs, _postings_of(words, fresh_places), strict=True):
        into = np.empty(len(old_hashes) + len(hashes), np.uint32), np.empty(len(old_hashes) + len(hashes), np.uint32)
        n = lookup_kernels.merge_postings(np.asarray(old_hashes), np.asarray(old_places), moved, hashes, places, *into)
        merged += [array[:n] for array in into]
    return Postings(WordArrays(arrays[0], arrays[1], arrays[2], arrays[3], bounds), merged[0], merged[1], merged[2], merged[3])


def _postings_of(words: WordArrays, numbers: npt.NDArray[np.uint32] | None = None) -> list[tuple[npt.NDArray[np.uint32], ...]]:
    """Hashes and places of the three-word shingles and of the words, sorted; places are word numbers, or what stands for them."""
    from firstsaid.matching import word_kernels

    found: list[tuple[npt.NDArray[np.uint32], ...]] = []
    for hashes in (word_kernels.shingles(words.hashes, words.bounds, 3), words.hashes):
        places = np.flatnonzero(hashes).astype(np.uint32)
        # 32 bits of a hash find the places; the words themselves are compared afterwards.
        short = (hashes[places] >> np.uint64(32)).astype(np.uint32)
        if numbers is not None:
            places = numbers[places]
            by_hash = np.lexsort((places, short))
        else:
            by_hash = np.argsort(short, kind="stable")
        found.append((short[by_hash], places[by_hash]))
    return found


def _write(folder: Path, postings: Postings, ids: Sequence[str], inputs: str) -> None:
    sizes: dict[str, int] = {}
    for name in _ARRAYS:
        array = getattr(postings.words if hasattr(postings.words, name) else postings, name)
        with (folder / f"{name}.bin").open("wb") as file:
            np.ascontiguousarray(array, _ARRAYS[name]).tofile(file)
            file.flush()
            os.fsync(file.fileno())
        sizes[name] = len(array)
    content = {"format": FORMAT, "inputs": inputs, "sizes": sizes, "ids": list(ids)}
    (folder / "index.json").write_text(json.dumps(content), encoding="utf-8")


def _moved_into_place(target: Path, write: Callable[[Path], None]) -> Index:
    """What `write` puts into a folder beside `target`, in its place and opened."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with private_folder(f".{target.name}-", target.parent) as made:
        write(made)
        _replace(target, made)
    opened = open_index(target)
    if opened is None:
        raise OSError(f"index in {target} cannot be read back after writing: is the disk full?")
    return opened


def _replace(target: Path, made: Path) -> None:
    """Move `made` to `target`; what was there goes. Between two renames a reader finds none, which it treats as not built yet."""
    if target.exists():
        with private_folder(f".{target.name}-old-", target.parent) as old:
            target.rename(old / "index")
            made.rename(target)
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
