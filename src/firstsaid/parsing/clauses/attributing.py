"""Which words may attribute something, how strongly, and the ranker's weights: what was learned from annotated news, read once."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from zlib import compress, crc32, decompress

import numpy as np

from firstsaid.parsing.clauses.traits import stem_of
from firstsaid.parsing.clauses.trees import NO_PAIR, Tree

SCALE = 32
"""Steps of a weight: finer ones change no F1; a byte holds weights up to 4."""
STRENGTHS = (0.08, 0.2, 0.45, 0.7)
"""A word attributes more strongly from each of these shares of its occurrences on; the number of steps reached is its strength."""
_MAX_GOVERNORS = 12  # heads above a cue that are looked at: deeper clauses than that are lists
_CLAUSE_LINKS = frozenset(
    ("ccomp", "xcomp", "advcl", "pcomp", "parataxis", "acl", "relcl", "conj", "prep", "pobj", "dobj", "nsubj", "attr")
)


class Weights(dict[str, float]):
    """Trait -> weight.

    Traits are held as CRC-32, so that some 30,000 of them fit in a small file; of 100,000 unknown ones, one is mistaken for a known one.
    """

    def __init__(self, packed: dict[int, float]) -> None:
        super().__init__()
        self._packed = packed

    def __missing__(self, trait: str) -> float:
        if len(self) > _MAX_REMEMBERED:
            self.clear()
        weight = self[trait] = self._packed.get(crc32(trait.encode()), 0.0)
        return weight


_MAX_REMEMBERED = 300_000  # traits: some 30 MB; a million articles have more different ones


@dataclass(frozen=True, slots=True)
class Learned:
    """`strength`: "stem|part of speech" -> 0..4, of words that attribute at all; `stems`: see `stems_of`."""

    strength: dict[str, int]
    stems: frozenset[str]
    weights: Weights


@cache
def learned() -> Learned:
    """The content of weights.json; see the model card in docs/explanation."""
    return unpacked(json.loads(resources.files("firstsaid.parsing.clauses").joinpath("weights.json").read_text("utf-8")))


def unpacked(held: dict[str, Any]) -> Learned:
    """What `packed` made."""
    traits = np.cumsum(np.frombuffer(_inflated(held["gaps"]), "<u4"), dtype=np.uint32).tolist()
    weights = (np.frombuffer(_inflated(held["weights"]), "i1") / held["scale"]).tolist()
    return Learned(held["strength"], stems_of(held["strength"]), Weights(dict(zip(traits, weights, strict=True))))


def stems_of(strength: dict[str, int]) -> frozenset[str]:
    """The stems for whose sake a sentence is parsed; words of strength 0 count only where it is parsed anyway."""
    return frozenset(key.rpartition("|")[0] for key, steps in strength.items() if steps)


def packed(strength: dict[str, int], weights: dict[str, float]) -> dict[str, Any]:
    """What statements.json holds, of trait -> weight; weights are kept to 1/`SCALE`, traits as gaps between sorted numbers."""
    kept = sorted((crc32(trait.encode()), round(weight * SCALE)) for trait, weight in weights.items() if round(weight * SCALE))
    return {
        "scale": SCALE,
        "strength": dict(sorted(strength.items())),
        "gaps": _deflated(np.diff(np.array([trait for trait, _ in kept], "<u4"), prepend=np.uint32(0)).astype("<u4").tobytes()),
        "weights": _deflated(np.clip([weight for _, weight in kept], -127, 127).astype("i1").tobytes()),
    }


def _deflated(data: bytes) -> str:
    return b64encode(compress(data, 9)).decode()


def _inflated(text: str) -> bytes:
    return decompress(b64decode(text))


def is_word_of_saying(tree: Tree, token: int) -> bool:
    """Whether a token is of a class that can attribute: verbs, common nouns, adjectives, "according", a colon."""
    tag = tree.tags[token]
    return (tag[0] in "VNJ" and not tag.startswith("NNP")) or tree.lower[token] == "according" or tree.words[token] == ":"


def key_of(tree: Tree, token: int) -> str:
    """Under which a word's strength is held."""
    return f"{stem_of(tree.lower[token])}|{tree.tags[token][0]}"


def governor_of(tree: Tree, cue: int, strength: dict[str, int]) -> str:
    """The nearest cue above a cue, as its strength, its side and the link between them; "0" where there is none.

    A cue below a strong one mostly belongs to what that one states.
    """
    token, path = cue, ""
    for _ in range(_MAX_GOVERNORS):
        above = tree.head[token]
        if above == token:
            break
        link = tree.links[token]
        if link in _CLAUSE_LINKS and (link != "conj" or not path):
            path = link
        steps = strength.get(key_of(tree, above), 0)
        if steps and tree.pair[above] == NO_PAIR and is_word_of_saying(tree, above):
            return f"{steps}{'l' if above < cue else 'r'}{path}"
        token = above
    return "0"
