"""How this room compiles: Numba with its result cached on disk, where the disk lets it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """The function compiled on first call, for integer arrays. Cached beside the code, else in the user's cache, else not at all.

    Numba refuses to decorate where it finds no folder that it can write to (a read-only image without a home): then each process
    compiles anew, which costs seconds and changes no result.
    """
    try:
        return numba.njit(function, cache=True, nogil=True)  # type: ignore[no-any-return]
    except RuntimeError:
        return numba.njit(function, nogil=True)  # type: ignore[no-any-return]
