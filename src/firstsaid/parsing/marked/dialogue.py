"""Speech without a mark of its own for the cue: dialogue behind dashes, and cues inside the marks («Я был там, — сказал он, — и видел»)."""

from __future__ import annotations

from firstsaid.parsing.grammars import grammar
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.marks import Pair
from firstsaid.parsing.statements import Attribution, Statement, Stretch, phrase_stretch, stretch_of
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who.subjects import split_elision, subject_after

LANGUAGES = ("fr", "es", "pt", "it", "ru")
"""Languages whose dialogue stands behind dashes and whose quotations may hold their cue inside the marks."""
_DASHES = frozenset("—–―")
_BREAKS = _DASHES | frozenset(",!?…")
_ENDS = _DASHES | frozenset(",.;:!?…")
MAX_TOKENS = 400  # a paragraph is read so far for its cue


def find_dialogue(page: Page, cues: dict[str, Cue]) -> list[Statement]:
    """Paragraphs that open with a dash and hold a cue, and those beside them without one. Linear in tokens."""
    if page.language not in LANGUAGES:
        return []
    found: dict[int, Statement] = {}
    bare: dict[int, Stretch] = {}
    for number, (start, end) in enumerate(page.paragraphs):
        if page.text[start] not in _DASHES:
            continue
        low, high = page.tokens_before(start) + 1, page.tokens_before(end)
        if low >= high or page.pair_of[low] != NO_PAIR:
            continue
        made = _taken_apart(page, cues, low, min(high, low + MAX_TOKENS))
        if made is not None:
            found[number] = made
        else:
            bare[number] = (page.starts[low], end)
    for number, piece in bare.items():
        # A list has dashes too; beside a paragraph of dialogue it is dialogue.
        if number - 1 in found or number + 1 in found:
            found[number] = Statement("direct", (piece,), confidence=5000)
    return [found[number] for number in sorted(found)]


def interrupted(page: Page, cues: dict[str, Cue], pair: Pair) -> Statement | None:
    """The words of a pair of marks without the cue that stands inside them; None where none does."""
    if page.language not in LANGUAGES:
        return None
    low, high = page.token_at(pair.start), page.tokens_before(pair.end)
    return _taken_apart(page, cues, low, min(high, low + MAX_TOKENS)) if high - low > 3 else None


def _taken_apart(page: Page, cues: dict[str, Cue], low: int, high: int) -> Statement | None:
    """The pieces between `low` and `high` around ", dit Marie," or "—dijo María—", and who says them."""
    pieces: list[Stretch] = []
    attribution: Attribution | None = None
    begin = at = low
    while at < high - 1:
        made = _aside(page, cues, at, high) if page.lower[at] in _BREAKS and at > begin else None
        if made is None:
            at += 1
            continue
        keeps_mark = page.lower[at] in "!?…"
        pieces.append((page.starts[begin], page.ends[at] if keeps_mark else page.ends[at - 1]))
        attribution = attribution or made[0]
        begin = at = made[1]
    if attribution is None:
        return None
    if begin < high:
        pieces.append((page.starts[begin], page.ends[high - 1]))
    phrase = attribution.speaker
    return Statement(
        "direct", tuple(pieces), phrase_stretch(page, phrase), phrase.kind if phrase else "none", None, stretch_of(page, attribution.cue),
        None, 8000,
    )  # fmt: skip


def _aside(page: Page, cues: dict[str, Cue], mark: int, high: int) -> tuple[Attribution, int] | None:
    """The cue and its subject between the break at token `mark` and the next one, and the token behind it."""
    words = grammar(page.language or "")
    at = mark + 1
    while at < high and page.lower[at] in _DASHES:
        at += 1
    verb = at
    while verb < min(high, at + 4) and page.lower[verb] in words.auxiliaries and page.lower[verb] not in cues:
        verb += 1
    if verb >= high or split_elision(page.lower[verb])[1] not in cues or page.words[verb][0].isupper():
        return None
    phrase = subject_after(page, verb + 1, high)
    if phrase is None or (phrase.end < high and page.lower[phrase.end] not in _ENDS and page.lower[phrase.end] not in words.stops):
        return None
    end = phrase.end
    while end < high and page.lower[end] not in _ENDS:
        end += 1
    while end < high and page.lower[end] in _ENDS:
        end += 1
    return Attribution((at, verb + 1), phrase, page.lower[verb]), end
