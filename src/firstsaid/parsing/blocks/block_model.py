"""The chances that words without marks begin and go on: weights learned from public posts whose block quotations lost their layout."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib import resources

MIN_CHANCE = 0.55  # on authors held out precision .77, .8 and more but for places where a picture or a table was lost behind the colon
# Three of four blocks have one paragraph. On authors held out .5 ends one in a hundred more of them right; .43 finds the ends of a third
# more of the longer ones.
MIN_GOING_ON = 0.43


@cache
def _weights() -> dict[str, dict[str, float]]:
    """For each question ("begins", "goes on") the weight of each sign, in nats; "" is what holds without any."""
    text = resources.files("firstsaid.parsing.blocks").joinpath("weights.json").read_text("utf-8")
    learned: dict[str, dict[str, float]] = json.loads(text)["weights"]
    return learned


def chance(question: str, signs: Mapping[str, float]) -> float:
    """The chance (0 to 1) that a block "begins" or "goes on" where these signs are seen."""
    return chance_of(_weights()[question], signs)


def chance_of(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """The chance under given weights; signs without a weight count nothing."""
    total = weights[""] + sum(weights.get(sign, 0.0) * value for sign, value in signs.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
