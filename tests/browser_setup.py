"""Make sure that the browser tests have a Chromium: run by `make test` before pytest. Says in one line what to do when it cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-core")
"""The fonts hold Arabic and Hebrew; pages work without them, only the pictures of them do not."""


def browser_path() -> str | None:
    """Where a Chromium is: the system's, else the one that Playwright downloaded."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> bool:
    """Try Debian's package as root (or with a sudo that asks nothing), else Playwright's own download."""
    if shutil.which("apt-get"):
        before = [] if os.geteuid() == 0 else ["sudo", "-n"] if shutil.which("sudo") else None
        if before is not None:
            quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
            subprocess.run([*before, "apt-get", "update", "-qq"], check=False, **quiet)
            installing = [*before, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
            if subprocess.run(installing, check=False, **quiet).returncode == 0:
                return True
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode == 0


def main() -> int:
    """Exit code: 0 there is a browser, 1 there is none."""
    if browser_path():
        return 0
    print("no Chromium found; installing one for the browser tests", file=sys.stderr)
    if install() and browser_path():
        return 0
    print(
        "could not install Chromium. Install it by hand: apt-get install chromium (Debian), or python -m playwright install chromium",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
