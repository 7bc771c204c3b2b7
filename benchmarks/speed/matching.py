"""How fast the same words are found, in how much memory, and how both grow: one corpus and size, in this process.

What is timed is what `firstsaid match` does between reading and writing. Reading the rows is timed by itself first, in a pass that keeps
nothing, and taken off; start-up (imports, loading compiled code) is timed by matching two short texts.
"""

from __future__ import annotations

import os
import random
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.quality.external import data_folder
from benchmarks.speed.corpus import made_corpus
from benchmarks.speed.yardstick import peak_bytes, shingle_and_sort, timed

Texts = Iterator[tuple[str, str, int | None]]
"""Id, text, date in minutes."""

CORPORA = {"c1k": ("reuse", "c1k", "docs.jsonl.gz"), "c10k": ("reuse", "c10k", "docs.jsonl.gz"), "senate": ("corpora", "senate.jsonl.gz")}
"""Sets of the data folder by name."""

LARGE_CHARACTERS = 1_200
"""Characters of a document of the large corpus, cut from a press release's beginning: about 190 words."""
LARGE_IN_MEMORY = 1 << 23
"""Words of the large corpus that are held in memory; all others go to disk, so that even its smaller sizes show what that costs."""
SHARE_BORROWED = 0.05
"""Share of the large corpus's documents that hold 400 characters of another press release, in the letters of the first generation."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def is_present(corpus: str) -> bool:
    """Whether the texts of this corpus can be had on this machine."""
    if corpus == "made":
        return True
    folder = data_folder()
    return folder is not None and folder.joinpath(*CORPORA["senate" if corpus == "large" else corpus]).exists()


def texts_of(corpus: str, size: int) -> Texts:
    """The first `size` texts of the corpus, evenly spread where it has more."""
    if corpus == "made":
        for name, text in made_corpus(size).texts.items():
            yield name, text, None
    elif corpus == "large":
        yield from large_corpus(size)
    else:
        yield from _field_rows(corpus, size)


def _field_rows(corpus: str, size: int) -> Texts:
    from firstsaid.files import each_row

    folder = data_folder()
    assert folder is not None
    n_all = {"c1k": 1_000, "c10k": 10_000, "senate": 72_784}[corpus]
    n_given = 0
    for number, row in enumerate(each_row([str(folder.joinpath(*CORPORA[corpus]))], [])):
        if number * size // n_all >= n_given and n_given < size:
            n_given += 1
            yield row.id, row.text, None if row.published is None else row.published.earliest


def large_corpus(size: int, seed: int = 1) -> Texts:
    """`size` documents made from the press releases: generation after generation of them, each cut to its first 1,200 characters.

    Generation g has its letters moved g places along the alphabet, so that what press releases share is shared inside each generation
    and not between them; one document in twenty holds a stretch of the first generation, which ties them. The same for a seed, anywhere.
    """
    bases = [(name, text, moment) for name, text, moment in _field_rows("senate", 72_784)]
    chance = random.Random(seed)
    for number in range(size):
        generation, at = divmod(number, len(bases))
        if at == 0:
            turned = LETTERS[generation % 26 :] + LETTERS[: generation % 26]
            table = str.maketrans(LETTERS + LETTERS.upper(), turned + turned.upper())
        name, text, moment = bases[at]
        made = text[:LARGE_CHARACTERS].translate(table)
        if chance.random() < SHARE_BORROWED:
            other = bases[chance.randrange(len(bases))][1]
            start = chance.randrange(max(1, len(other) - 400))
            made += " " + re.sub(r"^\S+\s", "", other[start : start + 400])
        yield f"{generation:02}-{name}", made, moment


class PeakOfOwn:
    """The most memory of this process that is not the mapped pages of files, sampled twenty times a second; 0 without such a /proc."""

    def __init__(self) -> None:
        """Start sampling at `__enter__`."""
        self.before = self.peak = own_bytes()
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._sample, daemon=True)

    def _sample(self) -> None:
        while not self.is_over.wait(0.05):
            self.peak = max(self.peak, own_bytes())

    def __enter__(self) -> PeakOfOwn:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        self.thread.join()

    @property
    def above(self) -> int:
        """Bytes above what was held before."""
        return self.peak - self.before


def own_bytes() -> int:
    """Memory of this process that no file stands behind."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    found = re.search(r"RssAnon:\s+(\d+) kB", status.read_text())
    return int(found[1]) * 1024 if found else 0


def measure(corpus: str, size: int) -> dict[str, float]:
    """Figures of one corpus and size."""
    from firstsaid.matching import GatheredTexts
    from firstsaid.matching.gathered import WORDS_IN_MEMORY

    began = time.process_time()
    with GatheredTexts() as texts:
        for number, (name, text, moment) in enumerate(texts_of("made", 20)):
            texts.add(name, text, number if moment is None else moment)
        texts.matched().families()
    start_up = time.process_time() - began
    if corpus == "made":  # made before the clock runs: nothing is read
        held = list(texts_of(corpus, size))
        reading = 0.0
    else:
        held = []
        began = time.process_time()
        for _ in texts_of(corpus, size):
            pass
        reading = time.process_time() - began
    peak_before, cpu, clock = peak_bytes(), time.process_time(), time.perf_counter()
    with PeakOfOwn() as own, GatheredTexts(LARGE_IN_MEMORY if corpus == "large" else WORDS_IN_MEMORY) as texts:
        for name, text, moment in held or texts_of(corpus, size):
            texts.add(name, text, moment)
        found = texts.matched()
        n_words, is_spilled = texts.n_words, texts.space.folder is not None
        family_ids, passages = found.families()
    cpu, clock = time.process_time() - cpu - reading, time.perf_counter() - clock
    peak = peak_bytes() - peak_before
    numbers = np.random.default_rng(1).integers(0, 50_000, min(n_words, 50_000_000))
    _, yardstick = timed(lambda: shingle_and_sort(numbers))
    per_word = yardstick["cpu_seconds"] / len(numbers)
    return {
        "documents": size,
        "words": n_words,
        "start_up_cpu_seconds": start_up,
        "reading_cpu_seconds": reading,
        "cpu_seconds": cpu,
        "clock_seconds": clock,
        "words_per_cpu_second": n_words / cpu,
        "times_yardstick": cpu / (per_word * n_words),
        "peak_bytes_a_word": peak / n_words,
        "peak_bytes_a_word_without_mapped_files": own.above / n_words,
        "peak_mb": peak / 1e6,
        "on_disk": float(is_spilled),
        "alignments": len(found.alignments),
        "families": len(set(family_ids)),
        "largest_family": max(np.unique(np.array(family_ids), return_counts=True)[1].tolist(), default=0),
        "passages": len(passages),
        "cores": float(len(os.sched_getaffinity(0))) if hasattr(os, "sched_getaffinity") else float(os.cpu_count() or 1),
    }
