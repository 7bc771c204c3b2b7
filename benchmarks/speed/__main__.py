"""Speed and memory: python -m benchmarks.speed [--large N] [matching|tracing|similar|claims|told|annotate|unparsed|figures|reading ...]

Prints figures; asserts nothing, since clocks differ. Each line comes from a process of its own. Texts are made in code; where
FIRSTSAID_DATA names a folder, `matching` also runs on what lies there. `growth` says how the CPU time grows with the work. `cores` says
how much sooner two cores are done than one, and how many other programs kept busy meanwhile (only a quiet machine tells). `--large N`
matches N documents made from press releases, with their words on disk (see `matching.large_corpus`), and nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.speed import matching

SIZES = {
    "similar": (1_000, 10_000),
    "claims": (1_000, 10_000),
    "told": (1_000, 10_000),
    "annotate": (20, 200),
    "unparsed": (20, 200),
    "figures": (100, 1_000),
    "reading": (50, 500),
}
MATCHED = {"made": (1_000, 10_000), "c1k": (1_000,), "c10k": (10_000,), "senate": (1_000, 10_000, 72_784)}
"""Corpora of `matching` and their sizes, rising."""
TRACED = {"trace-made": (1_000,), "trace-c10k": (1_000,)}
"""Corpora of `tracing`: what adding one document in a hundred costs beside tracing all anew (see `incremental`). A minute or two each."""
PARTS = {"matching": MATCHED, "tracing": TRACED}


def main() -> int:
    """Exit code 1 where a measurement failed."""
    parser = argparse.ArgumentParser(description="Speed and memory, printed.")
    parser.add_argument("--large", type=int, metavar="N", help="match N documents made from press releases, and nothing else")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join([*PARTS, *SIZES])}; all if none is given")
    chosen = parser.parse_args()
    unknown = [name for name in chosen.names if name not in (*PARTS, *SIZES)]
    if unknown:
        parser.error(f"no measurement {unknown[0]!r}")
    runs: list[tuple[str, tuple[int, ...]]] = []
    if chosen.large:
        runs = [("large", (chosen.large,))]
    else:
        for name in chosen.names or (*PARTS, *SIZES):
            runs += PARTS[name].items() if name in PARTS else [(name, SIZES[name])]
    return 1 if sum(not measured(name, sizes) for name, sizes in runs) else 0


def measured(name: str, sizes: tuple[int, ...]) -> bool:
    """Run one measurement in every size and print it; False where it failed."""
    if name in (*MEASURED_HERE, *TRACED) and not matching.is_present(name.removeprefix("trace-")):
        print(f"{name}: not on this machine (FIRSTSAID_DATA)", flush=True)
        return True
    held: list[dict[str, float]] = []
    for size in sizes:
        figures = figures_of(name, size)
        if figures is None:
            return False
        held.append(figures)
        print(f"{name} {size:>9,}: " + ", ".join(f"{key.replace('_', ' ')} {shown(value)}" for key, value in figures.items()), flush=True)
        if len(held) > 1:
            times = size / sizes[len(held) - 2]
            growth = figures["cpu_seconds"] / max(1e-9, held[-2]["cpu_seconds"])
            print(f"{name} growth: {growth:.1f} times the CPU time for {times:.1f} times the work")
    if name in MEASURED_HERE and name != "large" and held[-1].get("cores", 1) > 1:
        return cores_measured(name, sizes[-1])
    return True


def cores_measured(name: str, size: int) -> bool:
    """Print how much sooner all cores are done than one, and how many others kept busy meanwhile; False where a measurement failed."""
    all_before, own_before, began = seconds_of_all(), seconds_of_own(), time.monotonic()
    together, alone = figures_of(name, size), figures_of(name, size, n_cores=1)
    if together is None or alone is None:
        return False
    others = (seconds_of_all() - all_before - seconds_of_own() + own_before) / (time.monotonic() - began)
    times = alone["clock_seconds"] / together["clock_seconds"]
    compared = f"{times:.2f} times as fast on {together['cores']:.0f} cores as on one"
    print(f"{name} cores: {compared}, while other programs kept {max(0.0, others):.1f} busy", flush=True)
    return True


def seconds_of_all() -> float:
    """CPU seconds that all programs have used since the machine began; 0 where it does not tell."""
    counts = Path("/proc/stat")
    if not counts.exists():
        return 0.0
    user, nice, system, _, _, *interrupts = map(int, counts.read_text().split("\n", 1)[0].split()[1:9])
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")


def seconds_of_own() -> float:
    """CPU seconds of this process and those that it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


MEASURED_HERE = {*MATCHED, "large"}
"""Measurements of `matching`."""


def figures_of(name: str, size: int, n_cores: int | None = None) -> dict[str, float] | None:
    """The figures that a process of its own printed; None, and a line that says why, where it failed."""
    command = [sys.executable, "-m", "benchmarks.speed.measure", name, str(size), *([] if n_cores is None else [str(n_cores)])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name} {size:>9,}: FAILED: {(done.stderr.strip().splitlines() or ['no message'])[-1]}", flush=True)
        return None
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def shown(value: float) -> str:
    """With as many digits as tell something."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:,.2f}"


if __name__ == "__main__":
    sys.exit(main())
