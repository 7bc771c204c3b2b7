"""The program as its users call it, so that what is measured is what they get."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

Figures = dict[str, float]
"""Name of a figure -> its value; more is better in all of them."""

TIMEOUT_SECONDS = 3600
"""The slowest scorer (matching 10,000 documents) takes a minute or two; an hour means that something hangs."""


class ScorerError(Exception):
    """A scorer could not get its figures: the message is for the table."""


def firstsaid(*arguments: str | Path) -> str:
    """What `firstsaid ARGUMENTS` prints. Exit code 1 (findings, problems) is an answer; any other than 0 and 1 is a failure."""
    words = [str(argument) for argument in arguments]
    done = subprocess.run(
        [sys.executable, "-m", "firstsaid", *words], capture_output=True, text=True, encoding="utf-8", timeout=TIMEOUT_SECONDS, check=False
    )
    if done.returncode not in (0, 1) or "Traceback (most recent call last)" in done.stderr:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise ScorerError(f"firstsaid {words[0]}: exit code {done.returncode}: {last[0]}")
    return done.stdout


def rows(printed: str) -> list[dict[str, Any]]:
    """JSON Lines as printed; rows are split at line feeds only, since a text may hold other line ends."""
    return [json.loads(line) for line in printed.split("\n") if line.strip()]
