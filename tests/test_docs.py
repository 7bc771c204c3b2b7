"""Nothing is believed because it is written down: every command in README and tutorial is run, and what it is said to print, it prints."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from firstsaid.cli import firstsaid as group
from firstsaid.model import FINDING_KINDS

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


def steps(page: Path) -> list[tuple[str, list[str]]]:
    """Commands of a page's console blocks with the lines said to come out; `$ firstsaid ...` or `$ cd ...`, one command a line."""
    found: list[tuple[str, list[str]]] = []
    for block in CONSOLE.findall(page.read_text(encoding="utf-8")):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.strip() and found:
                found[-1][1].append(line)
    return found


def pattern(line: str) -> re.Pattern[str]:
    """A line of output in which … stands for anything."""
    return re.compile(r".*?".join(re.escape(part) for part in line.strip().split("…")))


@pytest.mark.parametrize("page", [page for page in PAGES if CONSOLE.search(page.read_text(encoding="utf-8"))], ids=lambda page: page.name)
def test_every_command_of_the_page_does_what_the_page_says(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copy(ROOT / "README.md", tmp_path)
    for command, expected in steps(page):
        if command.startswith(("git ", "make ", "cd ", "source ", "pip ")):
            continue  # what a clone needs; CI itself is that clone
        assert command.startswith("firstsaid "), f"{page.name}: cannot run {command!r}"
        done = subprocess.run(
            command.replace("firstsaid ", f"{sys.executable} -m firstsaid ", 1),
            shell=True,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, 1 if " check " in command else 0), f"{command}\n{done.stderr}"
        said = done.stdout + done.stderr
        for line in expected:
            assert pattern(line).search(said), f"{page.name}: {command}\nshould print: {line}\nprinted:\n{said[:3000]}"


def test_every_command_is_documented() -> None:
    reference = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    for name in group.commands:
        assert f"firstsaid {name}" in reference, name


def test_every_kind_of_finding_is_explained() -> None:
    explained = (ROOT / "docs" / "explanation" / "findings.md").read_text(encoding="utf-8")
    for kind in FINDING_KINDS:
        assert f"`{kind}`" in explained, kind


def test_readme_names_the_two_commands_first() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^(?:\$ | {4})?(make \w+)", readme, re.MULTILINE)
    assert commands[:2] == ["make demo", "make test"]


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_reference_is_what_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "make_reference.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
