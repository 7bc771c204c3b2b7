"""Which words may attribute something, how strongly, and the ranker's weights: what was learned from annotated news, read once."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from zlib import compress, crc32, decompress

import numpy as np
from numpy.typing import NDArray

from firstsaid.parsing.clauses.network import N_PLACES, WIDTH, Network
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


class Places(dict[str, int]):
    """Trait -> its place in `Learned.weights` and `Learned.rows`; 0 for one that is not known.

    Traits are held as CRC-32, so that some 30,000 of them fit in a small file; of 100,000 unknown ones, one is mistaken for a known one.
    """

    def __init__(self, packed: dict[int, int]) -> None:
        super().__init__()
        self._packed = packed

    def __missing__(self, trait: str) -> int:
        if len(self) > _MAX_REMEMBERED:
            self.clear()
        place = self[trait] = self._packed.get(crc32(trait.encode()), 0)
        return place


_MAX_REMEMBERED = 300_000  # traits: some 30 MB; a million articles have more different ones


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned. `strength`: "stem|part of speech" -> 0..4, of words that attribute at all; `steps`: see `steps_of`.

    `weights`: of each trait by its place. `rows`: which row of the network's is each trait's; the last one, of zeros, where it has none.
    """

    strength: dict[str, int]
    steps: dict[str, int]
    places: Places
    weights: NDArray[np.float64]
    rows: NDArray[np.int32]
    network: Network


@cache
def learned() -> Learned:
    """The content of weights.json; see the model card in docs/explanation."""
    return unpacked(json.loads(resources.files("firstsaid.parsing.clauses").joinpath("weights.json").read_text("utf-8")))


def unpacked(held: dict[str, Any]) -> Learned:
    """What `packed` made."""
    traits = np.cumsum(np.frombuffer(_inflated(held["gaps"]), "<u4"), dtype=np.uint32).tolist()
    network = held["network"]
    bias = _floats(network["bias"])
    tokens = _bytes_as_floats(network["tokens"]).reshape(WIDTH, (N_PLACES + 1) * len(bias))
    rows = np.vstack([_bytes_as_floats(network["rows"]).reshape(-1, len(bias)), np.zeros((1, len(bias)), np.float32)])
    places = {trait: place for place, trait in enumerate(traits, 1)}
    row_of = np.full(len(traits) + 1, len(rows) - 1, np.int32)
    row_of[np.frombuffer(_inflated(network["places"]), "<u4")] = np.arange(len(rows) - 1)
    weights = np.concatenate([[0.0], np.frombuffer(_inflated(held["weights"]), "i1") / held["scale"]])
    made = Network(tokens, rows, bias, _floats(network["out"]))
    return Learned(held["strength"], steps_of(held["strength"]), Places(places), weights, row_of, made)


def steps_of(strength: dict[str, int]) -> dict[str, int]:
    """For the stems for whose sake a sentence may be parsed, the most strength that they have as any part of speech, 1..4."""
    found: dict[str, int] = {}
    for key, steps in strength.items():
        stem = key.rpartition("|")[0]
        if steps > found.get(stem, 0):
            found[stem] = steps
    return found


def packed(strength: dict[str, int], weights: dict[str, float], network: Network, in_network: Sequence[str]) -> dict[str, Any]:
    """What weights.json holds. Weights are kept to 1/`SCALE`, traits as gaps between sorted numbers, matrices as bytes.

    `in_network`: the trait of each of the network's rows.
    """
    of_row = {crc32(trait.encode()): row for row, trait in enumerate(in_network)}
    steps = {crc32(trait.encode()): round(weight * SCALE) for trait, weight in weights.items()}
    kept = sorted((trait, step) for trait, step in steps.items() if step or trait in of_row)
    places = [(place, of_row[trait]) for place, (trait, _) in enumerate(kept, 1) if trait in of_row]
    return {
        "scale": SCALE,
        "strength": dict(sorted(strength.items())),
        "gaps": _deflated(np.diff(np.array([trait for trait, _ in kept], "<u4"), prepend=np.uint32(0)).astype("<u4").tobytes()),
        "weights": _deflated(np.clip([weight for _, weight in kept], -127, 127).astype("i1").tobytes()),
        "network": {
            "tokens": _as_bytes(network.tokens),
            "places": _deflated(np.array([place for place, _ in places], "<u4").tobytes()),
            "rows": _as_bytes(network.rows[[row for _, row in places]]),
            "bias": _deflated(network.bias.astype("<f4").tobytes()),
            "out": _deflated(network.out.astype("<f4").tobytes()),
        },
    }


def _as_bytes(matrix: NDArray[np.float32]) -> dict[str, Any]:
    """A matrix with 255 steps between its extremes: finer ones change no F1."""
    step = float(np.abs(matrix).max()) / 127
    return {"step": step, "bytes": _deflated(np.round(matrix / step).astype("i1").tobytes())}


def _bytes_as_floats(held: dict[str, Any]) -> NDArray[np.float32]:
    return np.frombuffer(_inflated(held["bytes"]), "i1").astype(np.float32) * np.float32(held["step"])


def _floats(held: str) -> NDArray[np.float32]:
    return np.frombuffer(_inflated(held), "<f4").astype(np.float32)


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
