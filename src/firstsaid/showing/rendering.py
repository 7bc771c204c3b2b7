"""Views to HTML: one Jinja environment with escaping always on, and the two hot loops (pieces of text) in Python."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from firstsaid import __version__
from firstsaid.showing.kinds import KIND_WORDS, REVIEWS, STRENGTHS
from firstsaid.showing.lines import Lines
from firstsaid.showing.routes import SCREENS
from firstsaid.showing.spoken import counted
from firstsaid.showing.views import Piece

NAVIGATION = (
    ("overview", "Overview"), ("findings", "Findings"), ("families", "Passages"), ("speakers", "Who says what"), ("names", "Names"),
    ("documents", "Documents"), ("draft", "Draft check"), ("problems", "Intake"), ("about", "About"),
)  # fmt: skip
"""The list screens in the order of the navigation."""
REPORTED = tuple((name, words) for name, words in NAVIGATION if name != "draft")
"""Those that a report has: nobody there could answer a draft."""


GENERATOR = '<meta name="generator" content="Firstsaid'
"""How a page says what made it; `report_folder` knows its own by this."""


@cache
def environment() -> Environment:
    """The templates. Everything is escaped; only what this module and `drawing` build is marked as safe."""
    made = Environment(
        loader=PackageLoader("firstsaid.showing"), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    made.filters["counted"] = counted
    made.filters["pieces"] = pieces_html
    made.filters["svg"] = Markup
    made.globals["version"] = __version__
    made.globals["kind_words"] = KIND_WORDS
    made.globals["strengths"] = STRENGTHS
    made.globals["reviews"] = REVIEWS
    return made


def render(file_name: str, **values: Any) -> str:
    """One template with values."""
    return environment().get_template(file_name).render(**values)


def page_html(lines: Lines, name: str, title: str, view: Any) -> str:
    """A screen of the local page, or of a report of many files, as a whole HTML page. `name`: of `routes.SCREENS`, or `message`."""
    hidden = lines.hidden(view)
    screen = SCREENS.get(name)
    note_prefix = f"{hidden.document.id}-" if name == "document" else "draft-" if name == "draft" else ""
    return render(
        "page.html",
        title=lines.hide(title),
        view=hidden,
        template=screen.template if screen else f"{name}.html",
        screen=screen.list_name if screen else "",
        links=lines.links,
        navigation=NAVIGATION if lines.links.is_served else REPORTED,
        note_prefix=note_prefix,
        is_blind=lines.hiding.is_shuffled,
        is_report=False,
    )


def static(name: str) -> str:
    """The text of a static file (`page.css`, `page.js`)."""
    return files("firstsaid.showing").joinpath("static", name).read_text(encoding="utf-8")


def pieces_html(pieces: Iterable[Piece], note_prefix: str = "") -> Markup:
    """Pieces as inline HTML. `note_prefix` begins the ids of margin notes (`n-<document>-`)."""
    out: list[str] = []
    for piece in pieces:
        out += [_reference(number, note_prefix) for number in piece.refs_before]
        words = str(escape(piece.text))
        if piece.href:
            words = f'<a href="{escape(piece.href)}" rel="noreferrer noopener">{words}</a>'
        if piece.marks or piece.anchor:
            name = f' class="m {escape(" ".join(piece.marks))}"' if piece.marks else ""
            anchor = f' id="{escape(piece.anchor)}"' if piece.anchor else ""
            words = f"<span{anchor}{name}>{words}</span>"
        out.append(words)
        if piece.letter:
            out.append(f'<sub class="letter" aria-label="{escape(piece.marks[-1][2:])}">{escape(piece.letter)}</sub>')
        out += [_reference(number, note_prefix) for number in piece.refs]
    return Markup("".join(out))


def _reference(number: int, prefix: str) -> str:
    return f'<sup class="ref"><a id="r-{prefix}{number}" href="#n-{prefix}{number}" aria-label="note {number}">{number}</a></sup>'
