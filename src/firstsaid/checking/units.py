"""Units that can be made into each other without knowing anything else. Money cannot: that takes a rate and a day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from firstsaid.checking.intervals import decimal_of
from firstsaid.model import Figure

if TYPE_CHECKING:
    import pint

FAHRENHEIT = ("f", "°f", "fahrenheit", "degf")
CELSIUS = ("c", "°c", "celsius", "degc")

ROUNDING = Decimal("0.03")
"""A converted figure is rounded again: 5 miles for 8 kilometres is 0.6 % off, 300 feet for 90 metres 1.6 %."""

_CALENDAR = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
"""In months: a library makes a year 365.25 days, and four weeks no month."""

_NAMES = {"barrel": "oil_barrel", "KB": "kilobyte", "lbft": "foot * pound_force", "Nm": "newton * meter", "mph": "mile / hour", "deg": ""}
"""Units that the library knows by another name; bare degrees may be an angle or either scale of heat."""

_MEASURED = ("measure", "duration", "age")
"""Kinds whose unit is one of physics: a count of points, stones or bars is not measured in them."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How a unit makes its base unit: by a factor. `base`: equal for units that can be made into each other."""

    base: str
    factor: Decimal


@cache
def _registry() -> pint.UnitRegistry[Decimal]:
    import pint  # half a second, and most corpora never ask

    return pint.UnitRegistry(non_int_type=Decimal, cache_folder=None)


@cache
def scale_of(unit: str) -> Scale | None:
    """The base unit and factor of a unit of measure; None for what is no such unit.

    >>> scale_of("km"), scale_of("mi2").factor, scale_of("decade"), scale_of("furlongs per house")
    (Scale(base='meter', factor=Decimal('1000')), Decimal('2589988.110336'), Scale(base='month', factor=Decimal('120')), None)
    """
    if unit in _CALENDAR:
        return Scale("month", Decimal(_CALENDAR[unit]))
    written = re.sub(r"([a-zA-Z])([23])(?=$|/)", r"\1**\2", _NAMES.get(unit, unit))
    if not re.fullmatch(r"[a-zA-Zµμ_*/ 0-9]{1,40}", written):
        return None
    import pint

    try:
        quantity = _registry().Quantity(Decimal(1), written).to_base_units()
    except (pint.errors.PintError, pint.errors.DefinitionSyntaxError, ValueError, TypeError, ArithmeticError):
        return None
    if quantity.unitless or unit.lower() in (*CELSIUS, *FAHRENHEIT):  # heat has no factor, but a zero of its own
        return None
    return Scale(str(quantity.units), Decimal(quantity.magnitude).normalize() + 0)


def measured_in(figure: Figure) -> Scale | None:
    """The scale of a figure's unit, where it measures something."""
    return scale_of(figure.unit) if figure.unit and figure.kind in _MEASURED else None


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
        return celsius * 9 / 5 + 32 if ours[2].lower() in FAHRENHEIT else celsius
    return theirs[1] / ours[3]


def _with_scale(figure: Figure, other: Figure) -> Figure:
    """Bare degrees beside degrees of one scale are of the other."""
    if figure.unit != "deg":
        return figure
    return replace(figure, unit={"degF": "degC", "degC": "degF"}.get(other.unit or "", "deg"))


def _base(figure: Figure) -> tuple[str, Decimal, str, Decimal] | None:
    """Base unit, value in it, the figure's own unit, and its factor."""
    value = decimal_of(figure.low if figure.low is not None else figure.high)
    if value is None:
        return None
    unit = figure.unit or ("ratio" if figure.kind == "ratio" else "")
    if unit in ("percent", "ratio"):
        factor = Decimal("0.01") if unit == "percent" else Decimal(1)
        return "1", value * factor, unit, factor
    if unit.lower() in CELSIUS:
        return "K", value + Decimal("273.15"), unit, Decimal(1)
    if unit.lower() in FAHRENHEIT:
        return "K", (value - 32) * 5 / 9 + Decimal("273.15"), unit, Decimal(1)
    # The pound is read as money where nothing says mass.
    scale = measured_in(figure) or (Scale("kilogram", Decimal("0.45359237")) if unit in ("lb", "pound") else None)
    return None if scale is None else (scale.base, value * scale.factor, unit, scale.factor)
