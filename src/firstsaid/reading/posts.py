"""A text that holds several posts (the plain text of a blog's page) cut into them.

Two signs, each needing repetition: a footer that recurs at the end of posts ("Share this:", a request for donations, "Posted by ...
at ..."), and date lines of one form with titles beside them. Either must come with dates and with bodies long enough to be posts, so
that articles with subheadings, chronologies, interviews, minutes and digests stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from firstsaid.model import DateRange
from firstsaid.reading.datelines import DateLine, date_line, is_title

MIN_BODY_WORDS = 25
"""Between one footer and the next: shorter stretches are entries of a list or comments."""
MIN_DATED_BODY_WORDS, MEDIAN_BODY_WORDS = 25, 40
"""Without footers the middle post must be longer, because listings of events have date lines and titles, too."""
STRONG_FOOTER_WORDS = 12
"""A recurring line of this length (or two recurring lines) is a footer even where only one post has a date."""
SPARSE_FOOTER_WORDS, SPARSE_BODY_WORDS = 5, 50
"""A recurring line shorter than this ("Source: agency") ends a post only if posts are at least so long on average."""
LOOK_AHEAD_LINES = 6
"""How many lines into a post its date line may stand: title, subtitle, author, category."""
FIRST_LOOK_AHEAD_LINES = 25
"""The same for the first post, which the page's own head and menu stand before."""
INHERITED_CONFIDENCE = 5_000
"""Of a date taken from the post above: blogs put one date over all posts of a day, but extractions also lose dates."""
LONGEST_FOOTER_LINE_CHARS = 600
MAX_LINES = 20_000
"""A text with more lines is a book or a dump; cutting it by repeated lines would take its refrains for footers."""


_LABEL = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}:")


_REPLY = re.compile(
    r"\W{0,3}(?:reply|quote|antworten|zitieren|répondre|responder|rispondi|odpowiedz|svara|svar|beantwoorden|yanıtla|balas|"
    r"ответить|відповісти|رد|الرد|پاسخ|回复|回覆|返信|답글)(?:\s\S{1,30}){0,2}\W{0,3}",
    re.IGNORECASE,
)
PARAGRAPH_WORDS, PARAGRAPH_SHARE = 12, 0.5
"""A post is told in paragraphs: half of its words stand in lines of at least twelve; menus and lists of headlines have few such lines."""


class Post(NamedTuple):
    """One post: code points `start`..`end`, half-open, from its date line or title to the end of its footer."""

    start: int
    end: int
    title: str | None
    published: DateRange | None
    modified: DateRange | None = None


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    key: str
    n_words: int
    date: DateLine | None
    is_title: bool


def split_posts(text: str, languages: Sequence[str] = ()) -> tuple[Post, ...]:
    """The posts of the text in order, disjoint; empty if it is one article. Cost: linear in the text."""
    lines = _lines(text, languages)
    if lines is None:
        return ()
    by_footer = _footer_segments(lines)
    by_date = _date_segments(lines)
    segments = by_footer if len(by_footer) >= len(by_date) else by_date
    if len(segments) < 2:
        return ()
    return tuple(_posts(lines, segments))


def _lines(text: str, languages: Sequence[str]) -> list[_Line] | None:
    """The lines that are not blank; None where no line can be a date line, so that no post is dated."""
    listed: list[_Line] = []
    has_date = False
    at = 0
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        start = at + raw.index(stripped) if stripped else at
        at += len(raw)
        if not stripped:
            continue
        found = date_line(stripped, languages)
        has_date = has_date or found is not None
        listed.append(
            _Line(start, start + len(stripped), stripped, _key(stripped, found), len(stripped.split()), found, is_title(stripped))
        )
        if len(listed) > MAX_LINES:
            return None
    return listed if has_date and len(listed) >= 4 else None


def _key(line: str, found: DateLine | None) -> str:
    """What must be equal for two lines to be the same footer: numbers and dates may differ."""
    if found:
        return f"\x01date {found.form[0]}|{found.form[1]}"
    return re.sub(r"\d+", "0", re.sub(r"\s+", " ", line[:LONGEST_FOOTER_LINE_CHARS].casefold()))


class _Segment(NamedTuple):
    """Line numbers `first`..`last`, half-open; `date_at`: its date line."""

    first: int
    last: int
    date_at: int | None


# ------------------------------------------------------------------------------------------------------------- by footers


def _footer_segments(lines: list[_Line]) -> list[_Segment]:
    """Segments that end with a recurring footer, if that is how the text is built."""
    places: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        places.setdefault(line.key, []).append(number)
    words_up_to = [0]
    for line in lines:
        words_up_to.append(words_up_to[-1] + line.n_words)
    best: list[_Segment] = []
    for key, numbers in sorted(places.items(), key=lambda item: item[1]):
        if len(numbers) < 2 or not _may_be_footer(lines, numbers, words_up_to, key):
            continue
        ends = [_footer_end(lines, number, places) for number in numbers]
        if any(following <= end for end, following in zip(ends, numbers[1:], strict=False)):
            continue
        segments = _between(lines, ends, words_up_to)
        if len(segments) > len(best) and _is_blog(lines, segments, numbers, ends, words_up_to):
            best = segments
    return best


def _may_be_footer(lines: list[_Line], numbers: list[int], words_up_to: list[int], key: str) -> bool:
    line = lines[numbers[0]]
    if _REPLY.fullmatch(line.text):
        return False  # a thread of comments, not posts
    if line.date:
        # A date line is a footer where it stands below the bodies: much text before the first, nothing after the last.
        return words_up_to[numbers[0]] >= MIN_BODY_WORDS + 15 and words_up_to[-1] - words_up_to[numbers[-1] + 1] < MIN_BODY_WORDS
    return line.n_words >= 3 or any(mark in key for mark in ("share", "comment", "permalink", "reply", "teilen", "partager", "شارك"))


def _footer_end(lines: list[_Line], number: int, places: dict[str, list[int]]) -> int:
    """The line after the footer that line `number` belongs to: what recurs directly below it belongs to it, too."""
    end = number + 1
    while end < len(lines):
        line = lines[end]
        recurs = len(places[line.key]) >= 2 and (line.date is None or lines[number].date is not None)
        labels = line.date is None and _LABEL.match(line.text) is not None and line.n_words <= 15 and _label_recurs(lines, end)
        if not (recurs or labels):
            break
        end += 1
    return end


def _label_recurs(lines: list[_Line], number: int) -> bool:
    """Whether another line begins with the same label ("Tags: harbour, fire")."""
    label = lines[number].text.split(":", 1)[0] + ":"
    return any(line.text.startswith(label) for at, line in enumerate(lines) if at != number and line.n_words <= 15)


def _between(lines: list[_Line], ends: list[int], words_up_to: list[int]) -> list[_Segment]:
    """What lies between footers; and what follows the last one, if a date line heads it."""
    segments: list[_Segment] = []
    first = 0
    for end in ends:
        segments.append(_begin(lines, first, end, is_first=first == 0))
        first = end
    if words_up_to[-1] - words_up_to[first] >= MIN_DATED_BODY_WORDS:
        last = _begin(lines, first, len(lines), is_first=False)
        if last.date_at is not None:
            segments.append(last)
    return segments


def _begin(lines: list[_Line], first: int, last: int, *, is_first: bool) -> _Segment:
    """Where the post begins between these lines: at its date line or its title, whichever comes first."""
    reach = min(last, first + (FIRST_LOOK_AHEAD_LINES if is_first else LOOK_AHEAD_LINES))
    reach = next((number for number in range(first, reach) if lines[number].n_words >= MIN_BODY_WORDS), reach)
    date_at = next((number for number in range(first, reach) if (found := lines[number].date) and not found.is_change), None)
    if date_at is None:
        below = next((number for number in range(last - 1, max(first, last - 4) - 1, -1) if lines[number].date), None)
        title_at = (
            _title_before_body(lines, first, reach) if is_first else next((n for n in range(first, reach) if lines[n].is_title), first)
        )
        return _Segment(title_at, last, below)
    start = date_at
    title_follows = date_at + 1 < last and lines[date_at + 1].is_title
    if is_first:
        if date_at > first and lines[date_at - 1].is_title and not title_follows:
            start = date_at - 1
    else:
        start = next((number for number in range(first, date_at) if lines[number].is_title), date_at)
    return _Segment(start, last, date_at)


def _title_before_body(lines: list[_Line], first: int, reach: int) -> int:
    """The last title above the first paragraph; menus and slogans stand before it."""
    title_at = first
    for number in range(first, reach):
        if lines[number].n_words >= MIN_BODY_WORDS:
            break
        if lines[number].is_title:
            title_at = number
    return title_at


def _is_blog(lines: list[_Line], segments: list[_Segment], numbers: list[int], ends: list[int], words_up_to: list[int]) -> bool:
    bodies = [words_up_to[segment.last] - words_up_to[segment.first] for segment in segments]
    footer_words = sum(lines[number].n_words for number in range(numbers[0], ends[0]))
    bodies = [body - footer_words for body in bodies]
    if min(bodies) < MIN_BODY_WORDS:
        return False
    if not all(_is_told(lines, segment) for segment in segments):
        return False
    if footer_words < SPARSE_FOOTER_WORDS and sum(bodies) < SPARSE_BODY_WORDS * len(bodies):
        return False
    heads = [segment.date_at == segment.first or lines[segment.first].is_title for segment in segments[1:]]
    if not all(heads) or any(segment.first - end > 4 for segment, end in zip(segments[1:], ends, strict=False)):
        return False
    n_dated = sum(segment.date_at is not None for segment in segments)
    is_strong = footer_words >= STRONG_FOOTER_WORDS or ends[0] - numbers[0] >= 2
    return n_dated >= 2 or (n_dated == 1 and is_strong)


def _is_told(lines: list[_Line], segment: _Segment) -> bool:
    inside = lines[segment.first : segment.last]
    return sum(line.n_words for line in inside if line.n_words >= PARAGRAPH_WORDS) >= PARAGRAPH_SHARE * sum(line.n_words for line in inside)


# ------------------------------------------------------------------------------------------------------------- by date lines


def _date_segments(lines: list[_Line]) -> list[_Segment]:
    """Segments that begin with date lines of one form and a title beside each, if that is how the text is built."""
    forms: dict[tuple[str, str], list[int]] = {}
    for number, line in enumerate(lines):
        if line.date and not line.date.is_change:
            forms.setdefault(line.date.form, []).append(number)
    best: list[_Segment] = []
    for numbers in sorted(forms.values()):
        segments = _headed(lines, numbers)
        if len(segments) > len(best):
            best = segments
    return best


def _headed(lines: list[_Line], numbers: list[int]) -> list[_Segment]:
    if len(numbers) < 2:
        return []
    before = [number > 0 and lines[number - 1].is_title and lines[number - 1].date is None for number in numbers]
    after = [number + 1 < len(lines) and lines[number + 1].is_title and lines[number + 1].date is None for number in numbers]
    # The first post's title above its date may have been lost to the page's head, so it is asked of the others.
    is_title_first = all(before[1:]) and (before[0] or not all(after))
    if not is_title_first and not all(after):
        return []
    starts = [number - 1 if is_title_first and has_title else number for number, has_title in zip(numbers, before, strict=True)]
    bounds = [*starts, len(lines)]
    segments = [_Segment(first, last, number) for first, last, number in zip(bounds, bounds[1:], numbers, strict=False)]
    bodies = [sum(lines[number].n_words for number in range(segment.first + 2, segment.last)) for segment in segments]
    if min(bodies) < MIN_DATED_BODY_WORDS or sorted(bodies)[len(bodies) // 2] < MEDIAN_BODY_WORDS:
        return []
    if not all(_is_told(lines, segment) for segment in segments):
        return []
    dates = [found.date for number in numbers if (found := lines[number].date)]
    has_cue = all((found := lines[number].date) is not None and found.has_cue for number in numbers)
    newest_first = all(later.latest >= earlier.earliest for later, earlier in pairwise(dates))
    is_spread = len({date.earliest for date in dates}) > 1
    return segments if has_cue or (newest_first and is_spread) else []


# ------------------------------------------------------------------------------------------------------------- posts


def _posts(lines: list[_Line], segments: list[_Segment]) -> list[Post]:
    posts: list[Post] = []
    above: DateRange | None = None
    for segment in segments:
        stated = lines[segment.date_at].date if segment.date_at is not None else None
        published = stated.date if stated else None
        if published is None and above is not None:
            published = DateRange(above.earliest, above.latest, "previous-post", min(above.confidence, INHERITED_CONFIDENCE))
        above = published
        changed = next((found.date for line in lines[segment.first : segment.last] if (found := line.date) and found.is_change), None)
        posts.append(Post(lines[segment.first].start, lines[segment.last - 1].end, _title(lines, segment), published, changed))
    return posts


def _title(lines: list[_Line], segment: _Segment) -> str | None:
    for number in range(segment.first, min(segment.last, segment.first + 3)):
        if lines[number].is_title and lines[number].date is None:
            return lines[number].text
    return None
