"""When some words appear, how often, in how many outlets, and when they come in bursts.

A burst is relative to how much the corpus holds of the time (Kleinberg 2002, "Bursty and Hierarchical Structure in Streams", section 4,
two states): a month with ten times the documents is no burst of every word in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import lgamma, log
from typing import Any

from firstsaid.dates import civil_from_days, day, days_from_civil
from firstsaid.model import MINUTES_PER_DAY, DateRange

MOST_DAYS, MOST_MONTHS = 62, 120
"""Up to so many days periods are days, up to so many months they are months, else years: a table that can still be read."""
TIMES_AS_OFTEN = 2.0
"""In a burst the words are that much commoner than on the whole (Kleinberg's `s`)."""
COST_OF_A_BURST = 1.0
"""What the beginning of a burst costs, times the logarithm of the number of periods (Kleinberg's gamma)."""
LEAST_IN_A_BURST = 3
"""Two documents are no burst, whatever the model says of a corpus of a few."""


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month or year: how many documents hold the words, of how many outlets, and how many documents there are of it at all."""

    name: str
    n_documents: int
    n_outlets: int
    n_all: int


@dataclass(frozen=True, slots=True)
class Burst:
    """Periods in which the words are clearly commoner than on the whole; `n_documents` hold them then."""

    first: str
    last: str
    n_documents: int


@dataclass(frozen=True, slots=True)
class ThroughTime:
    """The periods from the first to the last, empty ones too; `n_undated` documents have no date that fits into one period."""

    unit: str
    periods: tuple[Period, ...]
    bursts: tuple[Burst, ...]
    n_undated: int


def through_time(tellings: Sequence[tuple[DateRange | None, str | None]], all_moments: Sequence[int]) -> ThroughTime:
    """When `tellings` (date, outlet; one for each document) appear. `all_moments`: of every dated document, in order of time."""
    dated = [(date, outlet) for date, outlet in tellings if date is not None]
    unit, names = "day", [(date, date.earliest // MINUTES_PER_DAY, date.latest // MINUTES_PER_DAY, outlet) for date, outlet in dated]
    first, last = min((low for _, low, _, _ in names), default=0), max((high for _, _, high, _ in names), default=-1)
    if last - first >= MOST_DAYS:
        unit = "month" if (last - first) / 30.44 <= MOST_MONTHS else "year"
    starts: list[int] = [_start(first, unit)] if last >= first else []
    while starts and starts[-1] <= last:
        starts.append(_next(starts[-1], unit))
    outlets: list[list[str | None]] = [[] for _ in starts[1:]]
    n_placed = 0
    for _, low, high, outlet in names:
        at = bisect_right(starts, low) - 1
        if high < starts[at + 1]:
            outlets[at].append(outlet)
            n_placed += 1
    edges = [bisect_right(all_moments, start * MINUTES_PER_DAY - 1) for start in starts]
    periods = tuple(
        Period(_name(start, unit), len(held), len(set(held) - {None}), max(len(held), edges[at + 1] - edges[at]))
        for at, (start, held) in enumerate(zip(starts, outlets, strict=False))
    )
    return ThroughTime(unit, periods, bursts(periods), len(tellings) - n_placed)


def bursts(periods: Sequence[Period]) -> tuple[Burst, ...]:
    """The cheapest way through two states, usual and burst (Viterbi); ties stay in the usual one."""
    n_holding, n_all = sum(period.n_documents for period in periods), sum(period.n_all for period in periods)
    if len(periods) < 2 or not 0 < n_holding < n_all:
        return ()
    usual = n_holding / n_all
    shares = usual, min(0.9999, usual * TIMES_AS_OFTEN)
    if shares[1] <= usual:
        return ()
    entry = COST_OF_A_BURST * log(len(periods))
    costs, came_from = [0.0, entry], []
    for period in periods:
        fits = [_surprise(share, period) for share in shares]
        into_usual = 0 if costs[0] <= costs[1] else 1
        into_burst = 1 if costs[1] <= costs[0] + entry else 0
        came_from.append((into_usual, into_burst))
        costs = [costs[into_usual] + fits[0], min(costs[1], costs[0] + entry) + fits[1]]
    state = 0 if costs[0] <= costs[1] else 1
    states = []
    for before in reversed(came_from):
        states.append(state)
        state = before[state]
    states.reverse()
    found, at = [], 0
    while at < len(states):
        end = at
        while end < len(states) and states[end] == 1:
            end += 1
        n_inside = sum(period.n_documents for period in periods[at:end])
        if n_inside >= LEAST_IN_A_BURST:
            found.append(Burst(periods[at].name, periods[end - 1].name, n_inside))
        at = end + 1
    return tuple(found)


def time_row(story: ThroughTime) -> dict[str, Any]:
    """The story as `whence --json` has it."""
    return {
        "unit": story.unit,
        "undated": story.n_undated,
        "periods": [{"period": p.name, "documents": p.n_documents, "outlets": p.n_outlets, "of": p.n_all} for p in story.periods],
        "bursts": [{"first": b.first, "last": b.last, "documents": b.n_documents} for b in story.bursts],
    }


def time_lines(story: ThroughTime) -> Iterator[str]:
    """When the words appear, period by period, where there is more than one; a long story by its fullest periods."""
    held = [period for period in story.periods if period.n_documents]
    if len(held) < 2:
        return
    yield f"by {story.unit}:"
    fullest = set(sorted(held, key=lambda period: (-period.n_documents, period.name))[:MOST_SHOWN])
    for period in held:
        if period in fullest:
            outlets = f", {period.n_outlets} {'outlet' if period.n_outlets == 1 else 'outlets'}" if period.n_outlets else ""
            yield f"  {period.name}: {period.n_documents} of {period.n_all} documents{outlets}"
    if len(held) > len(fullest):
        yield f"  and {len(held) - len(fullest)} more, with fewer"
    for burst in story.bursts:
        span = burst.first if burst.first == burst.last else f"{burst.first} to {burst.last}"
        yield f"  burst: {span}, {burst.n_documents} documents. It may be an event, a wire copy, a press release or a campaign that says so"


MOST_SHOWN = 12


def _surprise(share: float, period: Period) -> float:
    """How unlikely it is that so many of the period's documents hold the words, if each does with this chance (binomial)."""
    k, n = period.n_documents, period.n_all
    ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return -(ways + k * log(share) + (n - k) * log(1 - share))


def _start(days: int, unit: str) -> int:
    year, month, _ = civil_from_days(days)
    return days if unit == "day" else days_from_civil(year, month if unit == "month" else 1, 1)


def _next(start: int, unit: str) -> int:
    year, month, _ = civil_from_days(start)
    if unit == "day":
        return start + 1
    return days_from_civil(year + 1, 1, 1) if unit == "year" or month == 12 else days_from_civil(year, month + 1, 1)


def _name(start: int, unit: str) -> str:
    written = day(start * MINUTES_PER_DAY)
    return written if unit == "day" else written[:-3] if unit == "month" else written[:-6]
