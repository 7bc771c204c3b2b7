"""A statement as the layers of this room hand it to each other, before it becomes a `Quotation`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from firstsaid.parsing.structure import Page
from firstsaid.parsing.who.speakers import Phrase

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """Words given to somebody; all positions are code points.

    `pairs`: indices into `Page.outer` that it takes up. `speaker_kind`: as in `Phrase`, or "running" where it was carried over.
    `speaker_name` is set where the speaker is known but not named at `speaker` (a signature, a running speaker).
    """

    form: str
    pieces: tuple[Stretch, ...]
    speaker: Stretch | None = None
    speaker_kind: str = "none"
    speaker_name: str | None = None
    cue: Stretch | None = None
    work: Stretch | None = None
    confidence: int = 5000
    pairs: tuple[int, ...] = field(default=())

    @property
    def start(self) -> int:
        """Where its first word stands."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return self.pieces[-1][1]

    def continued(self, piece: Stretch, pair: int) -> Statement:
        """The statement with one more piece after its last."""
        return replace(self, pieces=(*self.pieces, piece), pairs=(*self.pairs, pair))


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue with its speaker, as tokens of a page. `cue`: token range of the cue's verb group."""

    cue: tuple[int, int]
    speaker: Phrase | None
    lemma: str


def stretch_of(page: Page, tokens: tuple[int, int]) -> Stretch:
    """The code points from the first to the last token of a range; a full stop of a sentence at its end is kept out by the caller."""
    return page.starts[tokens[0]], page.ends[tokens[1] - 1]


def phrase_stretch(page: Page, phrase: Phrase | None) -> Stretch | None:
    """The code points of a phrase."""
    return None if phrase is None else stretch_of(page, (phrase.start, phrase.end))


def trimmed(text: str, start: int, end: int) -> Stretch:
    """The stretch without white space at its ends."""
    piece = text[start:end]
    stripped = piece.strip()
    begin = start + len(piece) - len(piece.lstrip())
    return begin, begin + len(stripped)


def used_tokens(page: Page, taken: list[Statement]) -> bytearray:
    """1 for tokens of cues and quoted contents of statements that exist already."""
    used = bytearray(len(page.words))
    for statement in taken:
        stretches = [*statement.pieces, *((statement.cue,) if statement.cue and statement.speaker_kind != "running" else ())]
        for start, end in stretches:
            low, high = page.tokens_before(start), page.tokens_before(end)
            used[low:high] = b"\x01" * (high - low)
    return used
