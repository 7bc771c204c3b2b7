"""Starting worker processes from a library: without running the user's script again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def without_main_module() -> Iterator[None]:
    """While inside, processes started with `spawn` do not import the program's main module.

    Spawned workers import it by default, so that a plain script without `if __name__ == "__main__":` would start itself anew in
    every worker. Ours need nothing from it: what they run are functions of this package. Not for several threads at once.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
