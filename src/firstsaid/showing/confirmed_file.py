"""What the user confirmed as a file: Markdown to paste into a memo, CSV for a table."""

from __future__ import annotations

import csv
import io
import re

from firstsaid.showing.screens import ConfirmedView

CONFIRMED_FORMS = ("md", "csv")
_MARKUP = re.compile(r"([\\`*_\[\]<>#|])")


def as_file(view: ConfirmedView, form: str) -> str:
    """The confirmed findings as `md` or `csv`."""
    return _markdown(view) if form == "md" else _csv(view)


def _markdown(view: ConfirmedView) -> str:
    out = [f"# Confirmed findings in {_text(view.corpus)}", ""]
    for one in view.findings:
        out += [f"## {_text(one.card.subject)}", "", f"{_text(one.card.kind_words)}. {_text(one.card.why)}", ""]
        if one.card.decision_why:
            out += [f"Confirmed on {one.decided}: {_text(one.card.decision_why)}", ""]
        else:
            out += [f"Confirmed on {one.decided}.", ""]
        for piece, cited in zip(one.card.evidence, one.citations, strict=True):
            role = f"{_text(piece.role)}: " if piece.role else ""
            out.append(f"- {role}“{_text(piece.text)}” ({_text(cited)})")
        out += ["", f"It could also be: {_text('; '.join(one.card.could_be))}." if one.card.could_be else "", ""]
    return "\n".join(out).rstrip() + "\n"


def _text(words: str) -> str:
    """Words of strangers: no markup, one line."""
    return _MARKUP.sub(r"\\\1", " ".join(words.split()))


def _csv(view: ConfirmedView) -> str:
    made = io.StringIO()
    table = csv.writer(made)
    table.writerow(("finding", "kind", "subject", "why", "decided", "reason", "role", "words", "citation"))
    for one in view.findings:
        card = one.card
        for piece, cited in zip(card.evidence, one.citations, strict=True):
            row = (card.id, card.kind, card.subject, card.why, one.decided, card.decision_why, piece.role, piece.text, cited)
            table.writerow(map(_cell, row))
    return made.getvalue()


def _cell(words: str) -> str:
    """A spreadsheet runs a cell that begins like a formula; an apostrophe in front keeps it text."""
    return "'" + words if words.startswith(("=", "+", "-", "@", "\t", "\r")) else words
