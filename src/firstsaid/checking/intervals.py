"""Figures as intervals that can exclude each other, be a rounding of each other, or be converted into each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from firstsaid.model import Figure

ABOUT_SHARE = Decimal("0.1")
"""What "about" leaves open on each side: a tenth, chosen by hand and not measured."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers that a figure allows. None is an open end; `low_is_out`, `high_is_out`: that end itself is meant to be passed."""

    low: Decimal | None
    high: Decimal | None
    low_is_out: bool = False
    high_is_out: bool = False
    is_approximate: bool = False

    def holds(self, value: Decimal) -> bool:
        """Whether the interval allows the value."""
        if self.low is not None and (value < self.low or (value == self.low and self.low_is_out)):
            return False
        return not (self.high is not None and (value > self.high or (value == self.high and self.high_is_out)))


def decimal_of(number: str | None) -> Decimal | None:
    """The number, or None where the parser left it open or wrote something else."""
    if number is None:
        return None
    try:
        value = Decimal(number)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def interval_of(figure: Figure) -> Interval | None:
    """The interval of a figure, widened where its modifier is vague; None where it has no number.

    "more than 45" starts above 45, "about 40" spans 36 to 44, "almost 50" 45 to below 50; a bare round figure of three noughts or
    more (30,000) may be a rounding and is widened by half its last digit.
    """
    low, high = decimal_of(figure.low), decimal_of(figure.high)
    if low is None and high is None:
        return None
    modifier = figure.modifier
    if modifier == "about":
        bounds = [value for value in (low, high) if value is not None]
        if low != high and low is not None and high is not None:
            return Interval(low, high, is_approximate=True)
        slack = abs(bounds[0]) * ABOUT_SHARE
        return Interval(bounds[0] - slack, bounds[0] + slack, is_approximate=True)
    if modifier == "almost":
        value = high if high is not None else low
        if value is None:
            return None
        return Interval(min(low, value * (1 - ABOUT_SHARE)) if low is not None else value * (1 - ABOUT_SHARE), value, is_approximate=True)
    if modifier in ("more_than", "at_least"):
        return Interval(low if low is not None else high, None if high == low else high, low_is_out=modifier == "more_than")
    if modifier in ("less_than", "at_most"):
        return Interval(None if high == low else low, high if high is not None else low, high_is_out=modifier == "less_than")
    if low is not None and low == high:
        slack = _rounded_by(low)
        return Interval(low - slack, low + slack, is_approximate=slack > 0)
    return Interval(low, high)


def _rounded_by(value: Decimal) -> Decimal:
    """Half a unit of the last digit that is no nought, for whole numbers that end in three noughts or more."""
    if value == 0 or value != value.to_integral_value():
        return Decimal(0)
    exponent = value.normalize().as_tuple().exponent
    if not isinstance(exponent, int) or exponent < 3:
        return Decimal(0)
    return min(Decimal(10) ** exponent / 2, abs(value) / 20)


def are_disjoint(left: Interval, right: Interval) -> bool:
    """Whether no number fits both."""
    return _ends_before(left, right) or _ends_before(right, left)


def _ends_before(left: Interval, right: Interval) -> bool:
    if left.high is None or right.low is None:
        return False
    return left.high < right.low or (left.high == right.low and (left.high_is_out or right.low_is_out))


def scaled(interval: Interval, factor: Decimal) -> Interval:
    """The interval times a factor; below zero its ends change places."""
    low = None if interval.low is None else interval.low * factor
    high = None if interval.high is None else interval.high * factor
    if factor >= 0:
        return replace(interval, low=low, high=high)
    return replace(interval, low=high, high=low, low_is_out=interval.high_is_out, high_is_out=interval.low_is_out)


def widened(interval: Interval, share: Decimal) -> Interval:
    """The interval with this share of each end more on its side."""
    low = None if interval.low is None else interval.low - abs(interval.low) * share
    high = None if interval.high is None else interval.high + abs(interval.high) * share
    return replace(interval, low=low, high=high)
