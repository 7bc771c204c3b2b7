"""Units that can be made into each other without knowing anything else. Money cannot: that takes a rate and a day."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from firstsaid.checking.intervals import decimal_of
from firstsaid.model import Figure

_TO_BASE: dict[str, tuple[str, str]] = {
    "mm": ("m", "0.001"),
    "cm": ("m", "0.01"), "m": ("m", "1"), "metre": ("m", "1"), "meter": ("m", "1"), "km": ("m", "1000"),
    "kilometre": ("m", "1000"), "kilometer": ("m", "1000"), "inch": ("m", "0.0254"), "in": ("m", "0.0254"), "foot": ("m", "0.3048"),
    "ft": ("m", "0.3048"),
    "nmi": ("m", "1852"), "yard": ("m", "0.9144"), "yd": ("m", "0.9144"), "mile": ("m", "1609.344"), "mi": ("m", "1609.344"),
    "g": ("kg", "0.001"), "gram": ("kg", "0.001"), "kg": ("kg", "1"), "kilogram": ("kg", "1"), "t": ("kg", "1000"), "tonne": ("kg", "1000"),
    "ton": ("kg", "907.18474"), "lb": ("kg", "0.45359237"),
    "pound": ("kg", "0.45359237"), "oz": ("kg", "0.028349523"), "ounce": ("kg", "0.028349523"),
    "m2": ("m2", "1"), "square metre": ("m2", "1"), "ha": ("m2", "10000"), "hectare": ("m2", "10000"), "acre": ("m2", "4046.8564224"),
    "km2": ("m2", "1000000"), "square kilometre": ("m2", "1000000"), "square mile": ("m2", "2589988.110336"),
    "mi2": ("m2", "2589988.110336"), "ft2": ("m2", "0.09290304"), "ft3": ("l", "28.316846592"), "ml": ("l", "0.001"),
    "gal": ("l", "3.785411784"), "barrel": ("l", "158.987294928"), "mg": ("kg", "0.000001"), "mi/h": ("m/s", "0.44704"),
    "kn": ("m/s", "0.5144444444"), "kw": ("W", "1000"), "mw": ("W", "1000000"), "gw": ("W", "1000000000"), "w": ("W", "1"),
    "quarter": ("month", "3"),
    "l": ("l", "1"), "litre": ("l", "1"), "liter": ("l", "1"), "m3": ("l", "1000"), "gallon": ("l", "3.785411784"),
    "second": ("s", "1"), "minute": ("s", "60"), "hour": ("s", "3600"), "day": ("s", "86400"), "week": ("s", "604800"),
    "month": ("month", "1"), "year": ("month", "12"), "decade": ("month", "120"), "century": ("month", "1200"),
    "km/h": ("m/s", "0.2777777778"), "mph": ("m/s", "0.44704"), "m/s": ("m/s", "1"), "knot": ("m/s", "0.5144444444"),
    "percent": ("1", "0.01"), "ratio": ("1", "1"),
}  # fmt: skip
"""Unit -> base unit and factor."""

FAHRENHEIT = ("f", "°f", "fahrenheit", "degf")

ROUNDING = Decimal("0.03")
"""A converted figure is rounded again: 5 miles for 8 kilometres is 0.6 % off, 300 feet for 90 metres 1.6 %."""


def converted(figure: Figure, other: Figure) -> str:
    """How `other` makes `figure` in another unit, for a sentence of why; empty if it does not."""
    ours, theirs = _base(figure), _base(other)
    if ours is None or theirs is None or ours[0] != theirs[0] or ours[2] == theirs[2]:
        return ""
    if theirs[1] == 0 or abs(ours[1] - theirs[1]) > ROUNDING * abs(theirs[1]):
        return ""
    return f"{other.low} {theirs[2]} is {theirs[1] / ours[3]:.2f} {ours[2]}"


def value_in(figure: Figure, other: Figure) -> Decimal | None:
    """The number of `other` in the unit of `figure`; None where the units cannot be made into each other or are the same."""
    ours, theirs = _base(_with_scale(figure, other)), _base(_with_scale(other, figure))
    if ours is None or theirs is None or ours[0] != theirs[0] or ours[2] == theirs[2]:
        return None
    if ours[0] == "K":
        celsius = theirs[1] - Decimal("273.15")
        return celsius * 9 / 5 + 32 if ours[2] in FAHRENHEIT else celsius
    return theirs[1] / ours[3]


def _with_scale(figure: Figure, other: Figure) -> Figure:
    """Bare degrees beside degrees of one scale are of the other."""
    if figure.unit != "deg":
        return figure
    return replace(figure, unit={"degF": "degC", "degC": "degF"}.get(other.unit or "", "deg"))


def _base(figure: Figure) -> tuple[str, Decimal, str, Decimal] | None:
    value = decimal_of(figure.low if figure.low is not None else figure.high)
    if value is None:
        return None
    unit = (figure.unit or "").lower() if figure.unit else "ratio" if figure.kind == "ratio" else ""
    known = _TO_BASE.get(unit) or _TO_BASE.get(unit.rstrip("s"))
    if known is None:
        return _temperature(figure, value, unit)
    factor = Decimal(known[1])
    return known[0], value * factor, unit, factor


def _temperature(figure: Figure, value: Decimal, unit: str) -> tuple[str, Decimal, str, Decimal] | None:
    if unit in ("c", "°c", "celsius", "degc"):
        return "K", value + Decimal("273.15"), unit, Decimal(1)
    if unit in FAHRENHEIT:
        return "K", (value - 32) * 5 / 9 + Decimal("273.15"), unit, Decimal(1)
    return None
