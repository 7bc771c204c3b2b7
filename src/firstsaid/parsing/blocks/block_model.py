"""The chances that words without marks begin and go on: weights learned from public posts whose block quotations lost their layout."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib import resources

MIN_CHANCE = 0.45  # on authors held out .5 finds three in a hundred fewer, of which a half more were none; .4 as many more, as false
# Three of four blocks have one paragraph. On authors held out .5 ends one in a hundred more of them right; .43 finds the ends of a third
# more of the longer ones.
MIN_GOING_ON = 0.43
MIN_INTRODUCING = -2.0  # nats; one full sentence in twenty passes, and seven in eight of those that introduce in so many words
MIN_QUIET_CHANCE = 0.55  # behind full sentences: some 2 false ones in 1,000 of authors held out, half of those introduced in so many words
_CENTRE = -3.0  # nats; about what either half of a quiet introduction weighs where nothing speaks for it


@cache
def _weights() -> dict[str, dict[str, float]]:
    """For each question ("begins", "goes on", ...) the weight of each sign, in nats; "" is what holds without any."""
    text = resources.files("firstsaid.parsing.blocks").joinpath("weights.json").read_text("utf-8")
    learned: dict[str, dict[str, float]] = json.loads(text)["weights"]
    return learned


def chance(question: str, signs: Mapping[str, float]) -> float:
    """The chance (0 to 1) that a block "begins" or "goes on" where these signs are seen."""
    return chance_of(_weights()[question], signs)


def weight(question: str, signs: Mapping[str, float]) -> float:
    """How much the signs speak for the answer yes, in nats."""
    return weight_of(_weights()[question], signs)


def chance_of(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """The chance under given weights; signs without a weight count nothing."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, weight_of(weights, signs)))))


def weight_of(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """The sum of the weights of the signs, in nats."""
    return weights[""] + sum(weights[sign] * value for sign, value in signs.items() if sign in weights)


def both(introduces: float, sounds: float) -> dict[str, float]:
    """Signs of how a sentence that introduces and a voice that changes go together: either alone is common, both are a quotation."""
    first, second = introduces - _CENTRE, sounds - _CENTRE
    return {
        "introduces": first, "sounds": second, "both": first * second / 3, "less of the two": min(first, second),
        "introduces at all": max(0.0, first), "sounds at all": max(0.0, second),
        "surely introduces": max(0.0, first - 2), "surely sounds": max(0.0, second - 2),
    }  # fmt: skip
