"""Firstsaid beside the field's tools on one set, in one table: `python -m benchmarks.quality.peers --python PEERS/bin/python`.

The peers are never dependencies: they are run with the interpreter that is named, as far as they are installed there; the others are
listed as absent. Tools that compare every two texts get the documents of the first families only, and Firstsaid is scored on the same ones.
CPU seconds are those of the whole process, start-up and reading included.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quality.external import field_score, json_lines
from benchmarks.quality.field import AbsentError, external_set

RUNS = Path(__file__).with_name("peer_runs.py")
TIMEOUT_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool: `module` shows that it is installed, `url` says where from; `n_documents` it is given, None for all."""

    name: str
    module: str
    url: str
    n_documents: int | None


PEERS = (
    Peer("passim", "passim.seriatim", "https://github.com/dasmiq/passim", None),
    Peer("datasketch", "datasketch", "https://pypi.org/project/datasketch/", None),
    Peer("text-matcher", "text_matcher.matcher", "https://pypi.org/project/text-matcher/", 60),
    Peer("quid", "quid.core.Quid", "https://pypi.org/project/quid/", 30),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `score`: what the field's scorer says, or None where the tool did not run (then `note` says why)."""

    tool: str
    n_documents: int
    cpu_seconds: float
    score: dict[str, Any] | None
    note: str = ""


def sample(folder: Path, n_documents: int | None, into: Path) -> Path:
    """A folder with all documents, or those of the first families that fill so many, and what is true of them."""
    documents = list(json_lines(folder / "docs.jsonl"))
    truth = list(json_lines(folder / "truth.jsonl"))
    kept = {row["id"] for row in documents}
    if n_documents is not None:
        kept = set()
        for family in truth:
            members = {one["doc"] for one in family["instances"]}
            if len(kept | members) <= n_documents:
                kept |= members
    held = [{**family, "instances": [one for one in family["instances"] if one["doc"] in kept]} for family in truth]
    into.mkdir()
    for name, rows in (
        ("docs.jsonl", [row for row in documents if row["id"] in kept]),
        ("truth.jsonl", [family for family in held if len(family["instances"]) > 1]),
    ):
        into.joinpath(name).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return into


def is_installed(python: str, peer: Peer) -> bool:
    """Whether the interpreter finds the peer's module."""
    top = peer.module.partition(".")[0]
    find = f"from importlib.util import find_spec as f; raise SystemExit(not (f({top!r}) and f({peer.module!r})))"
    return subprocess.run([python, "-c", find], capture_output=True, check=False).returncode == 0


def run(tool: str, command: list[str], folder: Path, pairs: Path, scorer: Path) -> Line:
    """Run one tool over `folder` and score the pairs that it wrote."""
    n_documents = sum(1 for _ in json_lines(folder / "docs.jsonl"))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=TIMEOUT_SECONDS, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode or not pairs.exists() or not pairs.stat().st_size:
        last = done.stderr.strip().splitlines()[-1:] or ["it wrote nothing"]
        return Line(tool, n_documents, seconds, None, last[0][:100])
    return Line(tool, n_documents, seconds, field_score(scorer, folder, pairs))


def lines(python: str, set_name: str, only: set[str]) -> list[Line]:
    """Every peer and, on as many documents, Firstsaid."""
    whole = external_set("reuse", set_name)
    scorer = whole.parent / "score.py"
    found: list[Line] = []
    with tempfile.TemporaryDirectory() as scratch:
        peers = [peer for peer in PEERS if not only or peer.name in only]
        sizes = dict.fromkeys([None, *(peer.n_documents for peer in peers)])
        folders = {size: sample(whole, size, Path(scratch, f"first-{size or 'all'}")) for size in sizes}
        for size, folder in folders.items():
            pairs = Path(scratch, f"firstsaid-{size}.jsonl")
            command = [sys.executable, "-m", "firstsaid", "match", str(folder / "docs.jsonl"), "-o", str(pairs)]
            found.append(run("Firstsaid", command, folder, pairs, scorer))
        for peer in peers:
            if not is_installed(python, peer):
                found.append(Line(peer.name, 0, 0.0, None, f"not installed; {peer.url}"))
                continue
            pairs = Path(scratch, f"{peer.name}.jsonl")
            folder = folders[peer.n_documents]
            found.append(run(peer.name, [python, str(RUNS), peer.name, str(folder / "docs.jsonl"), str(pairs)], folder, pairs, scorer))
    return sorted(found, key=lambda line: -line.n_documents)


def table(found: list[Line]) -> str:
    """The lines as a Markdown table."""
    columns = ("plagdet", "precision", "recall", "granularity")
    rows = ["| tool | documents | CPU seconds | " + " | ".join(columns) + " |", "|---" * (3 + len(columns)) + "|"]
    for line in found:
        if line.score is None:
            rows.append(f"| {line.tool} | {line.n_documents or '-'} | {line.cpu_seconds:.1f} | {line.note} |" + " |" * (len(columns) - 1))
        else:
            figures = " | ".join(f"{line.score[column]:.3f}" for column in columns)
            rows.append(f"| {line.tool} | {line.n_documents:,} | {line.cpu_seconds:.1f} | {figures} |")
    return "\n".join(rows)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Firstsaid beside other tools for text reuse.")
    parser.add_argument("--python", default=sys.executable, help="the interpreter that has the peers")
    parser.add_argument("--set", default="c1k", help="which set of $FIRSTSAID_DATA/reuse")
    parser.add_argument("--only", action="append", default=[], metavar="PEER", help="run this peer (and Firstsaid) only")
    arguments = parser.parse_args()
    try:
        print(table(lines(arguments.python, arguments.set, set(arguments.only))))
    except AbsentError as error:
        print(f"absent: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
