"""How this room compiles: Numba with its result cached on disk, where the disk lets it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., object])


@cache
def kernel_stamp() -> str:
    """A digest of all compiled sources of this room.

    Numba's cache notices a change in a function's own file only, not in what it calls; a changed name makes it compile anew.
    """
    hasher = blake2b(digest_size=4)
    for path in sorted(Path(__file__).parent.glob("*_kernels.py")):
        hasher.update(path.read_bytes())
    return hasher.hexdigest()


def compiled(function: Function) -> Function:
    """The function compiled on first call, for integer arrays. Cached beside the code, else in the user's cache, else not at all.

    Numba refuses to decorate where it finds no folder that it can write to (a read-only image without a home): then each process
    compiles anew, which costs seconds and changes no result.
    """
    return _compiled(function, set())


def compiled_sum(function: Function) -> Function:
    """The same for a sum of fractions in whatever order the processor is quickest at: its last binary digit may be another elsewhere."""
    return _compiled(function, {"reassoc", "contract", "nsz"})


def _compiled(function: Function, fastmath: set[str]) -> Function:
    function.__qualname__ = f"{function.__qualname__}_{kernel_stamp()}"
    try:
        return numba.njit(function, cache=True, nogil=True, fastmath=fastmath)  # type: ignore[no-any-return]
    except RuntimeError:
        return numba.njit(function, nogil=True, fastmath=fastmath)  # type: ignore[no-any-return]
