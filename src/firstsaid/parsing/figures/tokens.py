"""The tokens a figure is read from: words, numerals, signs, with offsets into the unchanged text."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_TOKEN = re.compile(
    r"(?P<mixed>[^\W\d_" + _HAN + r"]+\d[^\W" + _HAN + r"]*)"  # A320, CO2, writes6: letters run into digits
    r"|(?P<number>\d{1,3}(?:[\u00a0\u202f\u2009'’]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,٫٬]\d+)*)"
    r"|(?P<word>[^\W\d_" + _HAN + r"]+(?:['’][^\W\d_" + _HAN + r"]+)*)"
    r"|(?P<sign>(?P<one>\S)(?P=one){7,}+|\S)"  # a row of equal signs is one token
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}")
_KINDS = {"mixed": "m", "number": "n", "word": "w", "sign": "s"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists, one entry a token. `lower` is the case-folded surface; `kinds` is n(umber), w(ord), m(ixed), s(ign)."""

    text: str
    starts: list[int]
    ends: list[int]
    lower: list[str]
    kinds: list[str]

    def __len__(self) -> int:
        """How many tokens."""
        return len(self.starts)

    def raw(self, at: int) -> str:
        """The surface of one token, "" outside of the text."""
        return self.text[self.starts[at] : self.ends[at]] if 0 <= at < len(self.starts) else ""

    def word(self, at: int) -> str:
        """The lower-case surface of one token, "" outside of the text."""
        return self.lower[at] if 0 <= at < len(self.lower) else ""

    def kind(self, at: int) -> str:
        """The kind of one token, "" outside of the text."""
        return self.kinds[at] if 0 <= at < len(self.kinds) else ""

    def is_glued(self, at: int) -> bool:
        """Whether nothing stands between this token and the one before."""
        return 0 < at < len(self.starts) and self.starts[at] == self.ends[at - 1]

    def is_capitalised(self, at: int) -> bool:
        """Whether the token begins with an upper-case letter."""
        return 0 <= at < len(self.starts) and self.text[self.starts[at]].isupper()

    def gap(self, at: int) -> str:
        """What stands between this token and the one before."""
        return self.text[self.ends[at - 1] : self.starts[at]] if 0 < at < len(self.starts) else ""

    def index(self, offset: int) -> int:
        """The first token that starts at or after the offset."""
        return bisect_left(self.starts, offset)


def tokens(text: str, offset: int = 0) -> Tokens:
    """Every token of the text in order; addresses of the web and of mail are left out, their digits are no figures. Linear.

    `offset` is added to no offset: spans are always into `text`, and reading starts there.
    """
    starts: list[int] = []
    ends: list[int] = []
    lower: list[str] = []
    kinds: list[str] = []
    blocked = [match.span() for match in _ADDRESS.finditer(text)] if "://" in text or "www." in text or "@" in text else []
    at_blocked = 0
    for match in _TOKEN.finditer(text, offset):
        start, end = match.span()
        while at_blocked < len(blocked) and blocked[at_blocked][1] <= start:
            at_blocked += 1
        if at_blocked < len(blocked) and start >= blocked[at_blocked][0]:
            continue
        starts.append(start)
        ends.append(end)
        lower.append(match.group().lower())
        kinds.append(_KINDS[match.lastgroup or "sign"])
    return Tokens(text, starts, ends, lower, kinds)
