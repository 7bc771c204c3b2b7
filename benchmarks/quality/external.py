"""Where the field's own sets lie: the folder that the environment variable FIRSTSAID_DATA names. They are never part of the project.

Layout: reuse/c1k, reuse/c10k, quotations/dev, retrieval/ct20_dev, retrieval/knownlie_politifact, figures/newsquant.jsonl, each kind
with its own score.py beside the sets, so that a figure is the field's and not ours.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def data_folder() -> Path | None:
    """The folder of external sets, or None where there is none."""
    named = os.environ.get("FIRSTSAID_DATA", "")
    return Path(named) if named and Path(named).is_dir() else None


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a .jsonl or .jsonl.gz file; of `name.jsonl` the packed twin `name.jsonl.gz` is read where only that exists."""
    if not path.exists():
        path = path.with_name(path.name + ".gz")
    data = path.read_bytes()
    for line in (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def field_score(script: Path, *arguments: str | Path) -> dict[str, Any]:
    """What the field's own scorer prints, as one JSON object."""
    done = subprocess.run([sys.executable, str(script), *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{script} failed: {done.stderr.strip()[-500:]}")
    return json.loads(done.stdout)
