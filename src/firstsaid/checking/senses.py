"""Words that limit, harden or reverse what is said, as keys: hedges, certainties, wholes, and pairs of opposites."""

from __future__ import annotations

from firstsaid.text import key


def _keys(listed: str) -> frozenset[str]:
    return frozenset(key(word) for word in listed.split())


HEDGES = _keys(
    "may might could perhaps possibly probably likely maybe believe believes believed think thinks expect expects expected hope hopes "
    "hoped suggest suggests suggested appear appears appeared seem seems seemed estimated about roughly plan plans planned intend intends "
    "should consider considers considering aim aims unlikely provisional alleged allegedly reportedly suspected "
    "vielleicht wohl wahrscheinlich möglicherweise könnte dürfte glauben glaubt hoffen hofft erwarten erwartet vermutlich voraussichtlich "
    "peut-être probablement pourrait devrait espère espèrent croit croyons pense pensons "
    "quizá quizás probablemente podría debería espera cree creemos"
)
"""With one of these a statement is a guess, a hope or a plan."""

SURE_TELLINGS = _keys(
    "certain certainly certainty definitely undoubtedly sure guaranteed proved proven proves sicher gewiss garantiert certain certainement "
    "sûr garanti seguro seguramente garantizado"
)

ABSOLUTES = _keys("forced compelled obliged compulsory mandatory banned gezwungen forcé forcés obligé obligados obligado")
"""Compulsion: a request is none."""

TOTALS = _keys("all every everyone everybody always both entire alle jeder immer beide tous toutes toujours todos todas siempre ambos")

_PAIRS = (
    "higher lower", "more fewer", "more less", "rise fall", "rose fell", "risen fallen", "rising falling", "increase decrease",
    "increased decreased", "increased declined", "grew shrank", "up down", "gain loss", "gained lost", "won lost", "win lose",
    "open closed", "opened closed", "opens closes", "opening closing", "for against", "support oppose", "supports opposes",
    "supported opposed", "backed opposed", "before after", "earlier later", "both neither", "all none", "everybody nobody",
    "everyone nobody", "always never", "accept reject", "accepted rejected", "accepts rejects", "approved rejected", "allow ban",
    "allowed banned", "allows bans", "buy sell", "bought sold", "safe unsafe", "sound unsound", "legal illegal",
    "guilty innocent", "first last", "above below", "over under", "north south", "east west", "destroyed abandoned",
    "began ended", "start end", "started finished", "arrived left", "hired dismissed", "public private", "best worst",
    "better worse", "longer shorter", "older younger", "stronger weaker", "cheaper dearer", "praised criticised",
    "praised criticized", "true false", "right wrong", "agreed refused", "agree refuse", "can cannot", "possible impossible",
    "likely unlikely", "happy unhappy", "satisfied dissatisfied", "enough short", "friend enemy", "man woman", "men women",
    "höher niedriger", "mehr weniger", "gestiegen gesunken", "stieg sank", "stieg fiel", "für gegen", "vor nach", "alle keiner",
    "immer nie", "geöffnet geschlossen", "offen geschlossen", "angenommen abgelehnt", "teurer billiger", "plus moins",
    "hausse baisse", "pour contre", "avant après", "toujours jamais", "tous aucun", "ouvert fermé", "accepté refusé", "más menos",
    "subió bajó", "antes después", "siempre nunca", "todos ninguno", "abierto cerrado", "aceptó rechazó",
)  # fmt: skip


def _both_ways() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for pair in _PAIRS:
        left, right = (key(word) for word in pair.split())
        found.setdefault(left, []).append(right)
        found.setdefault(right, []).append(left)
    return {word: tuple(opposites) for word, opposites in found.items()}


OPPOSITES = _both_ways()
"""Each word with those that reverse it."""
