"""Plain text: the file as it is, cut into posts where it holds several."""

from __future__ import annotations

import shlex
from pathlib import PurePosixPath

from firstsaid.model import Intake, Layout, Part, Problem, Received
from firstsaid.reading.datelines import date_in_file_name, date_near_top, title_near_top
from firstsaid.reading.decoding import decode
from firstsaid.reading.doubled import doubled
from firstsaid.reading.language import language_of
from firstsaid.reading.posts import Post, split_posts
from firstsaid.reading.rows import doubled_body


def read_plain(received: Received) -> Intake:
    """The text as decoded, with nothing changed; title and date from its first lines, the date also from the file's name."""
    decoded = decode(received.data, received.location)
    text = decoded.text
    problems = list(decoded.problems)
    language = language_of(text)
    languages = (language,) if language else ()
    posts = split_posts(text, languages)
    if posts:
        parts = post_parts(text, posts)
        undated_posts = [part.name for part in parts if part.published is None]
        if undated_posts:
            problems.append(undated(received.location, ", ".join(undated_posts)))
        layout = headings(text, parts)
    else:
        written, modified = date_near_top(text, languages)
        published = date_in_file_name(received.location) or written
        if published is None:
            problems.append(undated(received.location))
        title = title_near_top(text)
        part = Part(0, len(text), title=title, language=language, published=published, modified=modified)
        parts = (part,)
        layout = headings(text, parts)
    copies, copy_problems = mark_doubled(text, parts, received.location)
    return Intake(text, parts, layout + copies, (*problems, *copy_problems))


def post_parts(text: str, posts: tuple[Post, ...], outlet: str | None = None) -> tuple[Part, ...]:
    """A part for each post, named `post-1`, `post-2`, ..."""
    return tuple(
        Part(
            post.start,
            post.end,
            name=f"post-{number}",
            title=post.title,
            outlet=outlet,
            language=language_of(text[post.start : post.end]),
            published=post.published,
            modified=post.modified,
        )
        for number, post in enumerate(posts, 1)
    )


def headings(text: str, parts: tuple[Part, ...]) -> tuple[Layout, ...]:
    """The parts' titles where they stand in the text."""
    found: list[Layout] = []
    for part in parts:
        at = text.find(part.title, part.start, part.end) if part.title else -1
        if part.title and at >= 0:
            found.append(Layout("", at, at + len(part.title), "heading"))
    return tuple(found)


def mark_doubled(text: str, parts: tuple[Part, ...], location: str) -> tuple[tuple[Layout, ...], tuple[Problem, ...]]:
    """Second copies of bodies: kept in the text, marked as boilerplate, and said as problems."""
    layout: list[Layout] = []
    problems: list[Problem] = []
    for part in parts:
        copy = doubled(text[part.start : part.end])
        if copy:
            start, end = part.start + copy[0], part.start + copy[1]
            layout.append(Layout("", start, end, "boilerplate", reason="repeats the text above"))
            problems.append(doubled_body(location + (f"#{part.name}" if part.name else ""), start, end))
    return tuple(layout), tuple(problems)


def undated(location: str, names: str = "") -> Problem:
    """The problem of a document without a date, with what to do about it."""
    advice = f"Say it: firstsaid describe CORPUS {shlex.quote(location)} --published DATE"
    if "!" not in location and "://" not in location:
        advice += f"; or put it into the file's name (2019-03-04-{PurePosixPath(location).name}) or its first lines"
    message = f"'{location}' has no date that can be read" + (f" ({names})" if names else "")
    return Problem.of("undated", location, message, advice)
