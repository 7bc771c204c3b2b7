"""The tokens a figure is read from: words, numerals, signs, with offsets into the unchanged text."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# Vowel signs and points of scripts whose words are written with them; without these "लोग" is four tokens. ZWNJ joins Persian words.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0963\u0971-\u0983"
    "\u0985-\u09e3\u0a01-\u0a5e\u0a70-\u0ae3\u0b01-\u0b63\u0b82-\u0bd7\u0c00-\u0c63\u0c80-\u0ce3\u0d00-\u0d63\u0e30-\u0e4e\u200c"
)
_LETTER = r"[^\W\d_" + _HAN + r"]"
# Possessive, since signs and letters overlap: nothing is given back, so that no text is read twice.
_WORD = _LETTER + r"++(?:[" + _MARKS + r"]++" + _LETTER + r"*+)*+"
_REST = (
    # A320, CO2, writes6: letters run into digits; don't, l'été
    r"(?P<word>" + _WORD + r"(?P<tail>\d(?:[^\W" + _HAN + r"]|[" + _MARKS + r"])*+|(?:['’]" + _WORD + r")+)?)"
    r"|(?P<number>\d{1,3}(?:[\u00a0\u202f\u2009'’]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,٫٬]\d+)*)"
    r"|(?P<sign>(?P<one>\S)(?P=one){7,}+|\S)"  # a row of equal signs is one token
)
_CODES = r"(?:USD|EUR|GBP|JPY|CNY|RMB|INR|RUB|AUD|CAD|CHF|SEK|NOK|DKK|PLN|BRL|MXN|ZAR|KRW|SGD|HKD|NZD|THB|MYR|NGN|KES|RM|Rs)"
# A currency run into its amount: EUR50m, $US160, RM3.06; "PS21,700" and "PS2.7m" are what a lost pound sign leaves.
_CODE = r"(?P<code>\b" + _CODES + r"(?=\d)|(?<=\$)(?:US|AU|NZ|CA|HK|A|C|S)(?=\d)|\bPS(?=\d{1,3}(?:,\d{3}|(?:\.\d+)?(?:k|m|bn)\b)))|"
_TOKEN, _TOKEN_OR_CODE = re.compile(_REST), re.compile(_CODE + _REST)
_MAY_HOLD_CODE = re.compile(r"[A-Z$R][A-Zs]\d")  # nearly no text does, and looking for codes at each word takes a fifth longer
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}")
_KINDS = {"code": "w", "number": "n", "word": "w", "sign": "s"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists, one entry a token. `lower` is the case-folded surface; `kinds` is n(umber), w(ord), m(ixed), s(ign).

    `is_english`: words of other languages that look like English ones ("an", "tag", "dog") are not read as theirs.
    """

    text: str
    starts: list[int]
    ends: list[int]
    lower: list[str]
    kinds: list[str]
    is_english: bool = True

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

    def may_be_foreign(self, word: str) -> bool:
        """Whether a word may be read as one of another language."""
        return not self.is_english or not word.isascii()

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
    pattern = _TOKEN_OR_CODE if _MAY_HOLD_CODE.search(text, offset) else _TOKEN
    for match in pattern.finditer(text, offset):
        start, end = match.span()
        while at_blocked < len(blocked) and blocked[at_blocked][1] <= start:
            at_blocked += 1
        if at_blocked < len(blocked) and start >= blocked[at_blocked][0]:
            continue
        starts.append(start)
        ends.append(end)
        lower.append(match.group().lower())
        tail = match["tail"]
        kinds.append("m" if tail and tail[0] not in "'’" else _KINDS[match.lastgroup or "sign"])
    return Tokens(text, starts, ends, lower, kinds)
