"""Firstsaid beside the field's tools on one set, in one table: `python -m benchmarks.quality.peers --python PEERS/bin/python`.

The peers are never dependencies: they are run with the interpreter that is named, as far as they are installed there; the others are
listed as absent. Slow ones get the documents of the first families only, and Firstsaid is scored on the same ones.
CPU seconds are those of the whole process, start-up and reading included.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.quality.external import field_score, json_lines
from benchmarks.quality.field import AbsentError, external_set

RUNS = Path(__file__).with_name("peer_runs.py")
TIMEOUT_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool: `module` shows that it is installed (as `package`), `url` says where from; `n_documents` it is given, None for all."""

    name: str
    module: str
    url: str
    n_documents: int | None
    method: str


PEERS = (
    Peer("passim", "passim.seriatim", "https://github.com/dasmiq/passim", None, "5-grams, alignment, on Spark"),
    Peer("datasketch", "datasketch", "https://pypi.org/project/datasketch/", None, "MinHash over windows"),
    Peer("rensa", "rensa", "https://pypi.org/project/rensa/", None, "MinHash over windows, in Rust"),
    Peer("text-matcher", "text_matcher.matcher", "https://pypi.org/project/text-matcher/", 60, "3-grams, every two texts"),
    Peer("quid", "quid.core.Quid", "https://pypi.org/project/quid/", 30, "quotations, every two texts"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `score`: what the field's scorer says, or None where the tool did not run (then `note` says why)."""

    tool: str
    version: str
    method: str
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


def version_of(python: str, peer: Peer) -> str | None:
    """The version of the peer that the interpreter has; None where it does not find the peer's module."""
    find = "import sys, importlib.util as u, importlib.metadata as m; top, whole, name = sys.argv[1:]"
    command = [python, "-c", f"{find}; print(m.version(name) if u.find_spec(top) and u.find_spec(whole) else '')"]
    done = subprocess.run([*command, peer.module.partition(".")[0], peer.module, peer.name], capture_output=True, text=True, check=False)
    return done.stdout.strip() or None


def run(tool: tuple[str, str, str], command: list[str], folder: Path, pairs: Path, scorer: Path) -> Line:
    """Run one tool (name, version, method) over `folder` and score the pairs that it wrote."""
    n_documents = sum(1 for _ in json_lines(folder / "docs.jsonl"))
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True)
        seconds, is_done = cpu_seconds(process)
        said.seek(0)
        last = said.read().strip().splitlines()[-1:] or ["it wrote nothing"]
    if not is_done:
        return Line(*tool, n_documents, seconds, None, "stopped: it took too long")
    if process.returncode or not pairs.exists() or not pairs.stat().st_size:
        return Line(*tool, n_documents, seconds, None, last[0][:100])
    return Line(*tool, n_documents, seconds, field_score(scorer, folder, pairs))


def cpu_seconds(process: subprocess.Popen[bytes]) -> tuple[float, bool]:
    """CPU seconds of all processes of the session that this one began, and whether it ended in time.

    Looked up while they run: what Spark's Python workers use is in no account of the process that started it.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seen: dict[int, float] = {}
    began = time.monotonic()
    while (is_running := process.poll() is None) and time.monotonic() - began < TIMEOUT_SECONDS:
        seen |= seconds_of_session(process.pid)
        time.sleep(0.1)
    if is_running:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return max(sum(seen.values()), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime), not is_running


def seconds_of_session(session: int) -> dict[int, float]:
    """CPU seconds of each process of a session that is running now; empty on a system that does not tell."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        if int(fields[3]) == session:
            found[int(path.parent.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return found


def lines(python: str, set_name: str, only: set[str]) -> list[Line]:
    """Every peer and, on as many documents, Firstsaid."""
    whole = external_set("reuse", set_name)
    scorer = whole.parent / "score.py"
    found: list[Line] = []
    with tempfile.TemporaryDirectory() as scratch:
        peers = {peer: version_of(python, peer) for peer in PEERS if not only or peer.name in only}
        sizes = dict.fromkeys([None, *(peer.n_documents for peer, version in peers.items() if version)])
        folders = {size: sample(whole, size, Path(scratch, f"first-{size or 'all'}")) for size in sizes}
        ours = ("Firstsaid", version("firstsaid"), "4-grams, alignment")
        for size, folder in folders.items():
            pairs = Path(scratch, f"firstsaid-{size}.jsonl")
            command = [sys.executable, "-m", "firstsaid", "match", str(folder / "docs.jsonl"), "-o", str(pairs)]
            found.append(run(ours, command, folder, pairs, scorer))
        for peer, installed in peers.items():
            if installed is None:
                found.append(Line(peer.name, "-", peer.method, 0, 0.0, None, f"absent: {peer.url}"))
                continue
            print(f"{peer.name} {installed} ...", file=sys.stderr, flush=True)
            pairs = Path(scratch, f"{peer.name}.jsonl")
            folder = folders[peer.n_documents]
            command = [python, str(RUNS), peer.name, str(folder / "docs.jsonl"), str(pairs)]
            found.append(run((peer.name, installed, peer.method), command, folder, pairs, scorer))
    return sorted(found, key=lambda line: (-line.n_documents, -line.score["plagdet"] if line.score else 0.0))


def table(found: list[Line]) -> str:
    """The lines as a Markdown table."""
    columns = ("plagdet", "precision", "recall", "granularity")
    heads = ["tool", "version", "method", "documents", *columns, "CPU seconds"]
    rows = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for line in found:
        beginning = f"| {line.tool} | {line.version} | {line.method} | {line.n_documents or '-'} | "
        if line.score is None:
            rows.append(f"{beginning}{line.note}{' |' * len(columns)} {f'{line.cpu_seconds:.1f}' if line.n_documents else '-'} |")
        else:
            figures = " | ".join(f"{line.score[column]:.3f}" for column in columns)
            rows.append(f"{beginning}{figures} | {line.cpu_seconds:.1f} |")
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
