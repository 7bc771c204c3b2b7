"""Speed and memory on texts made in code: python -m benchmarks.speed [NAME...]

Prints figures; asserts nothing, since clocks differ. Each line comes from a process of its own. `growth` says how the CPU time grows with
ten times the work: 10 is linear.
"""

from __future__ import annotations

import json
import subprocess
import sys

SIZES = {"matching": (1_000, 10_000), "similar": (1_000, 10_000), "annotate": (20, 200), "reading": (50, 500)}


def main() -> int:
    """Exit code 1 where a measurement failed."""
    names = sys.argv[1:] or list(SIZES)
    failed = 0
    for name in names:
        held = []
        for size in SIZES[name]:
            command = [sys.executable, "-m", "benchmarks.speed.measure", name, str(size)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                failed += 1
                print(f"{name} {size:>6}: FAILED: {(done.stderr.strip().splitlines() or ['no message'])[-1]}", flush=True)
                break
            held.append(json.loads(done.stdout))
            print(f"{name} {size:>6}: " + ", ".join(f"{key.replace('_', ' ')} {value:,.1f}" for key, value in held[-1].items()), flush=True)
        if len(held) == 2:
            print(
                f"{name} growth: {held[1]['cpu_seconds'] / max(1e-9, held[0]['cpu_seconds']):.1f} times the CPU time for 10 times the work"
            )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
