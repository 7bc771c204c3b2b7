"""One measurement in a process of its own: python -m benchmarks.speed.measure NAME SIZE. Prints one JSON object."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.speed.corpus import made_corpus

WORDS_PER_SHINGLE = 5
KIB = 1024


def peak_bytes() -> int:
    """The most memory this process has held so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * KIB


def timed(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """What the work returns; its CPU and clock seconds, and its peak memory above what was held before."""
    before, cpu, clock = peak_bytes(), time.process_time(), time.perf_counter()
    result = work()
    cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
    return result, {"cpu_seconds": cpu, "seconds": clock, "peak_mb_above_imports": (peak_bytes() - before) / 1e6}


def shingle_and_sort(words: np.ndarray) -> int:
    """The fixed yardstick: hash all shingles of word numbers and sort them. How many are not unique."""
    codes = words.astype(np.uint64)
    hashed = np.zeros(len(codes) - WORDS_PER_SHINGLE + 1, np.uint64)
    for at in range(WORDS_PER_SHINGLE):
        hashed = hashed * np.uint64(0x9E3779B97F4A7C15) + codes[at : len(codes) - WORDS_PER_SHINGLE + 1 + at]
        hashed ^= hashed >> np.uint64(29)
    hashed.sort()
    return int((hashed[1:] == hashed[:-1]).sum())


def measure_matching(size: int) -> dict[str, float]:
    from firstsaid.matching import reuse

    made = made_corpus(size)
    ids, texts = list(made.texts), list(made.texts.values())
    n_words = sum(text.count(" ") + 1 for text in texts)
    small = made_corpus(20)
    reuse(list(small.texts), list(small.texts.values()))  # compiles or loads the kernels: start-up, not work
    numbers = np.random.default_rng(1).integers(0, 50_000, n_words)
    found, held = timed(lambda: reuse(ids, texts))
    _, yardstick = timed(lambda: shingle_and_sort(numbers))
    return {
        **held,
        "words": n_words,
        "alignments": len(found),
        "words_per_cpu_second": n_words / held["cpu_seconds"],
        "bytes_per_word": held["peak_mb_above_imports"] * 1e6 / n_words,
        "times_yardstick": held["cpu_seconds"] / yardstick["cpu_seconds"],
    }


def measure_similar(size: int) -> dict[str, float]:
    from firstsaid.matching.similar import Text, similar

    made = made_corpus(max(20, size // 20))
    pieces = [(key, at, text.split()) for key, text in made.texts.items() for at in range(0, 500, 25)]
    claims = [Text(f"{key}-{at}", " ".join(words[at : at + 25])) for key, at, words in pieces][:size]
    similar(claims[:2], claims[:20])
    found, held = timed(lambda: similar(claims[:200], claims))
    return {**held, "claims": len(claims), "queries": len(found)}


def measure_annotate(size: int) -> dict[str, float]:
    from firstsaid.parsing import annotate

    texts = example_texts(size)
    annotate(texts[0])
    found, held = timed(lambda: [annotate(text) for text in texts])
    n_words = sum(len(text.split()) for text in texts)
    return {**held, "texts": len(found), "words": n_words, "words_per_cpu_second": n_words / held["cpu_seconds"]}


def example_texts(size: int) -> list[str]:
    """The plain texts of the example corpus, over and over, `size` of them."""
    folder = Path(__file__).resolve().parents[2] / "examples" / "corpus"
    texts = [path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".txt") and is_text(path)]
    return [texts[at % len(texts)] for at in range(size)]


def is_text(path: Path) -> bool:
    try:
        return "\x00" not in path.read_text("utf-8")
    except UnicodeDecodeError:
        return False


PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="2022-03-{day:02}T08:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>{title}</h1>{paragraphs}</article>
<footer>All rights reserved. Contact the editors at the harbour office.</footer></body></html>"""


def measure_reading(size: int) -> dict[str, float]:
    import tempfile

    from firstsaid import reading

    made = made_corpus(size)
    with tempfile.TemporaryDirectory() as folder:
        for at, text in enumerate(made.texts.values()):
            words = text.split()
            paragraphs = "".join(f"<p>{' '.join(words[i : i + 50]).capitalize()}.</p>" for i in range(0, len(words), 50))
            Path(folder, f"{at:06}.html").write_text(PAGE.format(title=f"Page {at}", day=1 + at % 28, paragraphs=paragraphs), "utf-8")
        received = [item for item in reading.gather([folder]) if hasattr(item, "data")]
        reading.read(received[0])  # loads the extractors: start-up, not work
        intakes, held = timed(lambda: [reading.read(item) for item in received])
    n_documents = sum(len(intake.parts) for intake in intakes)
    return {**held, "pages": len(received), "documents": n_documents, "pages_per_cpu_second": len(received) / held["cpu_seconds"]}


MEASURES: dict[str, Callable[[int], dict[str, float]]] = {
    "matching": measure_matching,
    "similar": measure_similar,
    "annotate": measure_annotate,
    "reading": measure_reading,
}

if __name__ == "__main__":
    print(json.dumps(MEASURES[sys.argv[1]](int(sys.argv[2]))))
