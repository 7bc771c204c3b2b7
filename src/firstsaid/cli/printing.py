"""How the commands talk: JSON Lines on stdout, progress with rate and time left on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click

STEP_WORDS = {
    "add": "keeping files",
    "read": "reading",
    "reread": "reading again",
    "quotation": "finding quotations",
    "scare_quote": "telling scare quotes apart",
    "figure": "finding figures",
    "found_citation": "finding citations",
    "prediction": "finding predictions",
    "found_mention": "finding names",
    "mention": "joining names",
    "name": "listing names",
    "citation": "resolving citations",
    "block": "looking for boilerplate",
    "boilerplate": "marking boilerplate",
    "family": "drawing stemmata",
    "finding": "looking for what does not hold together",
    "index": "writing the index",
}


def print_rows(rows: Iterable[Mapping[str, Any]], as_json: bool, line: Callable[[Mapping[str, Any]], str]) -> int:
    """Each row as JSON or as a line for people. Returns how many."""
    n_rows = 0
    for n_rows, row in enumerate(rows, start=1):  # noqa: B007 (the count is what is returned)
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else line(row))
    return n_rows


def say(message: str) -> None:
    """One line of talk."""
    click.echo(message, err=True)


@contextmanager
def progress_bars() -> Iterator[Callable[[str, int, int], None]]:
    """Progress as one bar per step, with rate and time left; silent when stderr is not a terminal, except for the step's name."""
    from tqdm import tqdm

    bars: dict[str, Any] = {}

    def show(step: str, n_done: int, n_all: int) -> None:
        bar = bars.get(step)
        if bar is None:
            for other in bars.values():
                other.close()
            bars.clear()
            bar = bars[step] = tqdm(
                total=n_all or None, desc=STEP_WORDS.get(step, step), unit=" rows", file=sys.stderr, leave=False,
                disable=not sys.stderr.isatty(), mininterval=0.2,
            )  # fmt: skip
        bar.total = n_all or None
        bar.update(n_done - bar.n)

    try:
        yield show
    finally:
        for bar in bars.values():
            bar.close()
