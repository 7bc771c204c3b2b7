"""What every measurement is held against, and how it is taken."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

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
