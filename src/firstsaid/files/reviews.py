"""Published fact-checks as their publishers mark them up: schema.org ClaimReview (https://schema.org/ClaimReview), as JSON-LD or in feeds.

What a publisher rates is told in the publisher's words and under its name; nothing is made of it here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firstsaid.errors import UsageError
from firstsaid.model import Problem
from firstsaid.text import sanitize, shortened

PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
REVIEW_SUFFIXES = (*PAGE_SUFFIXES, ".json", ".jsonld")
MOST_BYTES = 256 << 20
"""A feed of 100,000 reviews is some 150 MB; what is larger is refused, as it would be held in memory several times."""
MOST_DEEP = 12
"""Levels of nesting that are looked into: a feed wraps its reviews in three or four."""
MOST_LETTERS = 400
"""Letters of a rating that are shown."""

_SCRIPT = re.compile(rb"<script\b[^>]{0,500}application/ld\+json[^>]{0,500}>", re.IGNORECASE)
_SCRIPT_END = re.compile(rb"</script", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Review:
    """One published fact-check. `rating`: the publisher's own words; `date`, `publisher`, `url` as given, or None."""

    id: str
    claim: str
    claimant: str | None
    rating: str | None
    publisher: str | None
    date: str | None
    url: str | None


def reviews_at(place: Path) -> tuple[list[Review], list[Problem]]:
    """The reviews in a page, a JSON file, or all of those in a folder; none where the place holds texts of another kind.

    What has no mark-up at all is no problem here: it is read as a text.
    """
    if place.is_dir():
        paths = sorted(path for path in place.rglob("*") if path.suffix.lower() in REVIEW_SUFFIXES and path.is_file())
    else:
        paths = [place] if place.suffix.lower() in REVIEW_SUFFIXES else []
    found: dict[str, Review] = {}
    problems: list[Problem] = []
    for path in paths:
        reviews, more = reviews_in(path)
        found |= {review.id: review for review in reviews if review.id not in found}
        problems += more
    return list(found.values()), problems if found else []


def reviews_in(path: Path) -> tuple[list[Review], list[Problem]]:
    """The reviews in one page or JSON file, in order; the same review twice is one. A strange file is a problem, not an error.

    Raises:
        UsageError: there is no such file.
    """
    if not path.is_file():
        raise UsageError(f"there is no file {path}")
    if path.stat().st_size > MOST_BYTES:
        message = f"it is larger than {MOST_BYTES >> 20} MB"
        return [], [Problem.of("too-large", path.name, message, "Split the feed")]
    data = path.read_bytes()
    pieces = _scripts(data) if path.suffix.lower() in PAGE_SUFFIXES else [data]
    problems: list[Problem] = []
    found: dict[str, Review] = {}
    for piece in pieces:
        try:
            held = json.loads(piece.decode("utf-8-sig", "replace"))
        except (ValueError, RecursionError) as error:
            problems.append(Problem.of("bad-row", path.name, f"its JSON-LD is no JSON ({error})", "Get the page again"))
            continue
        for item in _marked_up(held, 0):
            review = _review(item)
            if review is not None:
                found.setdefault(review.id, review)
    return list(found.values()), problems


def _scripts(page: bytes) -> Iterator[bytes]:
    """The JSON-LD of a page, without building its tree: one pass, whatever the page."""
    at = 0
    while (opened := _SCRIPT.search(page, at)) is not None:
        closed = _SCRIPT_END.search(page, opened.end())
        if closed is None:
            return
        yield page[opened.end() : closed.start()]
        at = closed.end()


def _marked_up(held: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """Every object of type ClaimReview, at any place in graphs, lists and feeds."""
    if depth > MOST_DEEP:
        return
    if isinstance(held, list):
        for item in held:
            yield from _marked_up(item, depth + 1)
    elif isinstance(held, dict):
        kinds = held.get("@type")
        if "ClaimReview" in (kinds if isinstance(kinds, list) else [kinds]):
            yield held
        else:
            for item in held.values():
                if isinstance(item, list | dict):
                    yield from _marked_up(item, depth + 1)


def _review(item: Mapping[str, Any]) -> Review | None:
    """What a ClaimReview says; None where it does not say which claim it reviews."""
    claim = _words(item.get("claimReviewed"))
    if claim is None:
        return None
    reviewed, rating = _first(item.get("itemReviewed")), _first(item.get("reviewRating"))
    url = _words(item.get("url")) or _words(item.get("@id"))
    shown = _words(rating.get("alternateName")) or _words(rating.get("name")) or _words(rating.get("ratingValue"))
    return Review(
        id=url or claim,
        claim=claim,
        claimant=_words(_first(reviewed.get("author")).get("name")),
        rating=None if shown is None else shortened(shown, MOST_LETTERS),
        publisher=_words(_first(item.get("author")).get("name")) or _words(_first(item.get("publisher")).get("name")),
        date=_words(item.get("datePublished")),
        url=url,
    )


def _first(value: Any) -> Mapping[str, Any]:
    """An object, or the first of a list of them; an empty one where there is none."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) else {}


def _words(value: Any) -> str | None:
    """Text or a number as text, without white space around it."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return sanitize(str(value))[0].strip() or None
