"""Firstsaid traces what a body of texts says back to where it was first said.

>>> import firstsaid
>>> corpus = firstsaid.open("case.firstsaid")  # doctest: +SKIP
>>> corpus.add("articles/")  # doctest: +SKIP
>>> corpus.trace()  # doctest: +SKIP
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(path: str | os.PathLike[str], *, create: bool = True, read_only: bool = False) -> Corpus:  # noqa: A001 (the natural word here)
    """The corpus in a file called `NAME.firstsaid`, made if it is not there; or the one kept beside a folder of texts.

    Raises:
        CorpusError: it is not ours, is damaged, or is newer than this program.
    """
    from firstsaid.corpus import open_corpus

    return open_corpus(path, create=create and not read_only, read_only=read_only)
