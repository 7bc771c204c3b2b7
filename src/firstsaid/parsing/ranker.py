"""Which of the stretches that a cue may govern it does govern: a linear ranker over words that are no names."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

from firstsaid.model import FULL
from firstsaid.parsing import lexicon
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.speakers import Phrase
from firstsaid.parsing.structure import NO_PAIR, Page

_CLOSED = (
    lexicon.PREPOSITIONS | lexicon.SUBORDINATORS | lexicon.AUXILIARIES | lexicon.PRONOUNS | lexicon.POSSESSIVES | lexicon.DETERMINERS
    | lexicon.word_set("him them me us himself herself themselves there , . : ; — – - ( ) \" “ ” more out up off down back")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """One stretch that a cue may govern. Token ranges of a page; `features` are the ranker's."""

    cue: tuple[int, int]
    verb: int
    lemma: str
    speaker: Phrase | None
    pieces: tuple[tuple[int, int], ...]
    features: tuple[str, ...]


def proposal_of(
    page: Page, span: tuple[int, int], verb: int, lemma: str, speaker: Phrase | None, pieces: tuple[tuple[int, int], ...], kind: str,
    ending: str, last: int, cue: Cue | None,
) -> Proposal:  # fmt: skip
    """The stretch with everything that the ranker may know of it."""
    lower, pair_of = page.lower, page.pair_of
    start, stop = pieces[0][0], pieces[-1][1]
    n_tokens = sum(high - low for low, high in pieces)
    quoted = "q" if pair_of[start] != NO_PAIR and pair_of[stop - 1] == pair_of[start] else "e" if pair_of[stop - 1] != NO_PAIR else (
        "m" if any(pair_of[token] != NO_PAIR for token in range(start, stop)) else "0"
    )  # fmt: skip
    act = cue.act if cue else "noun"
    form = cue.form if cue else "noun"
    length = (
        "1" if n_tokens < 2 else "3" if n_tokens < 4 else "7" if n_tokens < 8 else "15" if n_tokens < 16 else "30" if n_tokens < 31 else "x"
    )
    who = speaker.kind if speaker else "none"
    initial = _closed(lower[start]) if pair_of[start] == NO_PAIR else '"'
    if initial == "w":
        initial = "Cap" if page.is_capitalised(start) else "ing" if lower[start].endswith("ing") else "w"
    following = _closed(lower[stop]) if stop < last else "$"
    before = _closed(lower[span[0] - 1]) if span[0] else "^"
    auxiliary = lower[verb - 1] if verb > span[0] else ""
    auxiliary = auxiliary if auxiliary in lexicon.AUXILIARIES else "adv" if auxiliary else ""
    second = lower[start + 1] if start + 1 < stop and lower[start + 1] in lexicon.AUXILIARIES else ""
    has_verb = any(lower[token] in lexicon.AUXILIARIES for token in range(start, min(stop, start + 12)))
    to_verb = lower[verb - 1] == "to" if verb else False
    return Proposal(
        span, verb, lemma, speaker, pieces,
        (
            "bias", "k:" + kind, f"ke:{kind}|{ending}", "l:" + lemma, f"lk:{lemma}|{kind}", f"ak:{act}|{kind}|{form}", "s:" + who,
            f"sf:{who}|{form}|{act}", f"sk:{who}|{kind}", f"n:{length}|{kind}", f"q:{quoted}|{kind}|{ending}", f"ql:{quoted}|{lemma}",
            f"i:{initial}|{kind}", f"il:{initial}|{lemma}", f"f:{following}|{ending}", f"fk:{following}|{kind}", "b:" + before,
            f"x:{auxiliary}|{form}", f"2:{bool(second)}|{initial}", f"v:{has_verb}|{kind}|{ending}", f"el:{ending}|{lemma}",
            f"t:{to_verb}|{kind}",
            f"vn:{has_verb}|{length}|{ending}", f"sc:{speaker.score // 1500 if speaker else -1}",
        ),
    )  # fmt: skip


def _closed(word: str) -> str:
    return word if word in _CLOSED else "w" if word[0].isalnum() else "p"


# ------------------------------------------------------------------------------------------------------- the ranker
@cache
def _weights() -> dict[str, int]:
    """The ranker's weights in thousandths; see weights/README.md for where they come from."""
    loaded: dict[str, int] = json.loads(resources.files("firstsaid.parsing").joinpath("weights/clauses.json").read_text("utf-8"))
    return loaded


def score_of(proposal: Proposal) -> int:
    """How likely this stretch is what the cue governs, 0..10,000."""
    weights = _weights()
    total = sum(weights.get(feature, 0) for feature in proposal.features)
    return round(FULL / (1 + math.exp(-max(-20000, min(20000, total)) / 1000)))
