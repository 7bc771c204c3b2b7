"""How the commands talk: JSON Lines on stdout, progress with rate and time left on stderr."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

STEP_WORDS = {
    "add": "keeping files",
    "read": "reading",
    "reread": "reading again",
    "said": "finding what is said, and who says it",
    "quotation": "finding quotations",
    "scare_quote": "telling scare quotes apart",
    "figure": "finding figures",
    "found_citation": "finding citations",
    "prediction": "finding predictions",
    "mention": "finding names",
    "tie": "finding stated ties",
    "spelling": "joining names",
    "name": "listing names",
    "citation": "resolving citations",
    "block": "looking for boilerplate",
    "boilerplate": "marking boilerplate",
    "claim": "finding what could be checked",
    "claim_pair": "comparing claims",
    "claim_telling": "counting tellings",
    "family": "drawing stemmata",
    "finding": "looking for what does not hold together",
    "index": "writing the index",
}


def print_rows(rows: Iterable[Mapping[str, Any]], as_json: bool, line: Callable[[Mapping[str, Any]], str]) -> int:
    """Each row as JSON or as a line for people. Returns how many."""
    n_rows = 0
    for n_rows, row in enumerate(rows, start=1):  # noqa: B007 (the count is what is returned)
        click.echo(json_line(row) if as_json else line(_visible_row(row)))
    return n_rows


def json_line(row: Any) -> str:
    """JSON with letters as they are, or as JSON's escapes where stdout's encoding lacks them (a pipe of an old system)."""
    written = json.dumps(row, ensure_ascii=False)
    try:
        written.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(row)
    return written


_UNSEEN = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069"
"""What a text or a file's name could command a terminal with, or turn the order of its letters round."""
_UNSEEN_IN_TEXTS = re.compile(f"[{_UNSEEN}]")
_UNSEEN_IN_LINES = re.compile(f"[{_UNSEEN}\\x09-\\x0d\\x1c-\\x1f\\x85\u2028\u2029]")


def visible(line: str, *, is_text: bool = False) -> str:
    """Control characters as escapes that can be seen; white space of a text stays."""
    unseen = _UNSEEN_IN_TEXTS if is_text else _UNSEEN_IN_LINES
    return unseen.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), line)


def _visible_row(value: Any, key: str = "") -> Any:
    if isinstance(value, str):
        return visible(value, is_text=key != "file")
    if isinstance(value, Mapping):
        return {name: _visible_row(one, name) for name, one in value.items()}
    return [_visible_row(one, key) for one in value] if isinstance(value, list | tuple) else value


def say(message: str) -> None:
    """One line of talk."""
    click.echo(visible(message), err=True)


def no_corpus(context: click.Context, parameter: click.Parameter, output: Path | None) -> Path | None:
    """An output file that is not a corpus: a slip of the tab key must not cost one."""
    if output is not None and output.suffix == ".firstsaid" and output.exists():
        raise click.BadParameter(f"{output} is a corpus and is never written over. Choose another name", context, parameter)
    return output


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
