"""Every screen by its name: how it is made from what its address asks for. The local page and the report of many files both use this."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from firstsaid.showing import asking, draft_view, finding_view, listing
from firstsaid.showing.family_view import FamilySettings, family_view
from firstsaid.showing.finding_view import FindingChoice
from firstsaid.showing.lines import Lines
from firstsaid.showing.naming_view import names
from firstsaid.showing.reading_view import reading_view
from firstsaid.showing.speaker_view import speakers

FINDINGS_EACH = 3
"""Findings of each kind on the page of all kinds: sixteen kinds with long evidence then make about 200 kB."""
QUOTATIONS_OF_A_SPEAKER = 50

Asked = Mapping[str, str]


class Screen(NamedTuple):
    """A screen: the list of the navigation that it belongs to, its template, and what makes its title and view."""

    list_name: str
    template: str
    make: Callable[[Lines, Asked], tuple[str, Any]]


def page_number(asked: Asked, name: str = "page") -> int:
    """The number that an address asks for; 1 where it holds none."""
    given = asked.get(name, "")
    return max(1, int(given)) if given.isdecimal() and len(given) < 10 else 1


def _overview(lines: Lines, asked: Asked) -> tuple[str, Any]:
    return lines.corpus.path.stem, listing.overview(lines)


def _documents(lines: Lines, asked: Asked) -> tuple[str, Any]:
    return "Documents", listing.documents(lines, page=page_number(asked), outlet=asked.get("outlet", ""))


def _document(lines: Lines, asked: Asked) -> tuple[str, Any]:
    at = asked.get("at", "")
    found = lines.corpus.document(asked["id"])
    view = reading_view(lines, found, at=int(at) if at.isdecimal() and len(at) < 12 else None, window=page_number(asked, "window"))
    return view.document.title, view


def _families(lines: Lines, asked: Asked) -> tuple[str, Any]:
    return "Passages", listing.families(lines, page=page_number(asked))


def _family(lines: Lines, asked: Asked) -> tuple[str, Any]:
    settings = FamilySettings() if lines.has_full_text else FamilySettings(most_full_chars=0)
    return "Passage", family_view(
        lines, lines.corpus.family(asked["id"]), settings, kind=asked.get("kind", "")[:20], page=page_number(asked)
    )


def _findings(lines: Lines, asked: Asked) -> tuple[str, Any]:
    choice = FindingChoice.of(asked)
    return "Findings", finding_view.findings(lines, choice, each=FINDINGS_EACH, page=page_number(asked), done=asked.get("done", ""))


def _finding(lines: Lines, asked: Asked) -> tuple[str, Any]:
    view = finding_view.finding(lines, lines.corpus.finding(asked["id"]), FindingChoice.of(asked), asked.get("done", ""))
    return view.card.kind_words, view


def _confirmed(lines: Lines, asked: Asked) -> tuple[str, Any]:
    return "Confirmed findings", finding_view.confirmed(lines)


def _speakers(lines: Lines, asked: Asked) -> tuple[str, Any]:
    name = asked.get("name", "")
    each = QUOTATIONS_OF_A_SPEAKER if name else 3
    view = speakers(
        lines, page=page_number(asked), name=name, quotations_each=each, size=40, outlet=asked.get("outlet", ""), hand=asked.get("hand", "")
    )
    return name or "Who says what", view


def _names(lines: Lines, asked: Asked) -> tuple[str, Any]:
    return "Names", names(lines, page=page_number(asked), q=asked.get("q", "")[:200])


def _draft(lines: Lines, asked: Asked) -> tuple[str, Any]:
    return "Draft check", draft_view.asked()


def _problems(lines: Lines, asked: Asked) -> tuple[str, Any]:
    return "Intake", listing.problems(lines, page=page_number(asked))


def _about(lines: Lines, asked: Asked) -> tuple[str, Any]:
    return "About", listing.provenance(lines)


def _search(lines: Lines, asked: Asked) -> tuple[str, Any]:
    return "Search", asking.search(lines, asked.get("q", "")[:500], page_number(asked))


def _whence(lines: Lines, asked: Asked) -> tuple[str, Any]:
    return "Where was it first said?", asking.whence(lines, asked.get("words", "")[:5000])


SCREENS = {
    "overview": Screen("overview", "overview.html", _overview),
    "documents": Screen("documents", "documents.html", _documents),
    "document": Screen("documents", "reading.html", _document),
    "families": Screen("families", "families.html", _families),
    "family": Screen("families", "family.html", _family),
    "findings": Screen("findings", "findings.html", _findings),
    "finding": Screen("findings", "finding.html", _finding),
    "confirmed": Screen("findings", "confirmed.html", _confirmed),
    "speakers": Screen("speakers", "speakers.html", _speakers),
    "names": Screen("names", "names.html", _names),
    "draft": Screen("draft", "draft.html", _draft),
    "problems": Screen("problems", "problems.html", _problems),
    "about": Screen("about", "about.html", _about),
    "search": Screen("search", "search.html", _search),
    "whence": Screen("whence", "whence.html", _whence),
}
OF_ONE_THING = ("document", "family", "finding")
"""Screens whose address holds an id."""


def path_of(name: str) -> str:
    """The address of a screen on the local page, `{id}` where an id goes."""
    return "/" if name == "overview" else f"/{name}" + ("/{id}" if name in OF_ONE_THING else "")
