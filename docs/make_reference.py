"""Writes docs/reference/commands.md from the commands themselves, and docs/reference/api.md from docstrings.

python docs/make_reference.py [--check]
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from pathlib import Path

import click

from firstsaid import model
from firstsaid.cli import firstsaid as group
from firstsaid.corpus import Corpus

FOLDER = Path(__file__).resolve().parent / "reference"


def commands() -> str:
    """Every command with its help text."""
    parts = ["# Commands\n\nMade from the commands themselves by `make docs`.\n"]
    context = click.Context(group, info_name="firstsaid", max_content_width=100, terminal_width=100)
    parts.append(f"```text\n{group.get_help(context)}\n```\n")
    for name, command in sorted(group.commands.items()):
        inner = click.Context(command, info_name=f"firstsaid {name}", max_content_width=100, terminal_width=100)
        parts.append(f"## firstsaid {name}\n\n```text\n{command.get_help(inner)}\n```\n")
        for below, subcommand in sorted(getattr(command, "commands", {}).items()):
            deeper = click.Context(subcommand, info_name=f"firstsaid {name} {below}", max_content_width=100, terminal_width=100)
            parts.append(f"### firstsaid {name} {below}\n\n```text\n{subcommand.get_help(deeper)}\n```\n")
    return "\n".join(parts)


def api() -> str:
    """The corpus and the nouns, from their docstrings."""
    parts = ["# Python API\n\nMade from docstrings by `make docs`.\n\n## Corpus\n", inspect.getdoc(Corpus) or "", ""]
    for name, method in inspect.getmembers(Corpus, inspect.isfunction):
        if not name.startswith("_"):
            parts.append(f"### `corpus.{name}{_signature(method)}`\n\n{inspect.getdoc(method)}\n")
    parts.append("## Nouns\n\n" + (inspect.getdoc(model) or "") + "\n")
    for name, noun in inspect.getmembers(model, dataclasses.is_dataclass):
        fields = ", ".join(f"`{field.name}: {field.type}`" for field in dataclasses.fields(noun))
        parts.append(f"### {name}\n\n{inspect.getdoc(noun)}\n\nFields: {fields}\n")
    return "\n".join(parts)


def _signature(method: object) -> str:
    text = re.sub(r"<function (\w+) at 0x[0-9a-f]+>", r"\1", str(inspect.signature(method)))  # type: ignore[arg-type]
    return text.replace("(self, ", "(").replace("(self)", "()").replace("'", "")


def main() -> int:
    """Write both pages; with --check only say whether they are up to date."""
    FOLDER.mkdir(exist_ok=True)
    stale = 0
    for path, text in ((FOLDER / "commands.md", commands()), (FOLDER / "api.md", api())):
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        print(f"{path.name} {'is out of date: make docs' if '--check' in sys.argv else 'written'}")  # noqa: T201
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
