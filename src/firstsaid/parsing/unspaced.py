"""Quotations in Chinese and Japanese, where no spaces part speaker, cue and the rest: patterns around the marks."""

from __future__ import annotations

import re

from firstsaid.parsing.statements import Statement, Stretch
from firstsaid.parsing.structure import Page

_CHINESE_CUE = (
    r"(?:表示|指出|認為|认为|强調|强调|透露|宣布|宣佈|寫道|写道|問道|问道|回答|補充|补充|解釋|解释|说道|說道|"
    r"告诉[^\s，。：]{0,8}|告訴[^\s，。：]{0,8}|说|說|称|稱|道|問|问)"
)
_BEFORE = re.compile(rf"(?:^|[\s，。！？；、”」』])(?P<speaker>[^\s，。！？；：“”「」『』]{{1,16}}?)(?P<cue>{_CHINESE_CUE})[：，:,]?\s?$")
_JAPANESE_SPEAKER = re.compile(r"(?:^|[\s、。！？」』])(?P<speaker>[^\s、。！？「」『』]{1,16}?)(?:は|が|も|によると)、?$")
_JAPANESE_CUE = re.compile(
    r"(?:などと|などと|と)(?P<cue>述べ|語っ|語る|話し|話す|言っ|言う|指摘し|説明し|発表し|強調し|主張し|答え|書い|批判し|コメントし|訴え)"
)
_AFTER = re.compile(rf"\s?[，,]?(?P<speaker>[^\s，。！？；：“”「」『』]{{1,12}}?)(?P<cue>{_CHINESE_CUE})(?=[，。：]|$)")
_WINDOW = 24  # characters around the marks: a speaker with a title fits in


def is_unspaced(page: Page) -> bool:
    """Whether the text is written in Chinese or Japanese: judged by its first 400 characters."""
    sample = page.text[:400]
    return sum("\u3040" <= character <= "\u9fff" for character in sample) * 4 > len(sample)


def find_unspaced(page: Page) -> list[Statement]:
    """Statements between marks whose cue stands right before (Chinese) or right after them, in order."""
    found: list[Statement] = []
    for index, pair in enumerate(page.outer):
        if pair.is_title_mark or pair.start >= pair.end:
            continue
        before = page.text[max(0, pair.open - _WINDOW) : pair.open]
        after = page.text[pair.close : pair.close + _WINDOW]
        shift = pair.open - len(before)
        speaker: Stretch | None = None
        cue: Stretch | None = None
        if match := _BEFORE.search(before):
            speaker, cue = _at(match, "speaker", shift), _at(match, "cue", shift)
        elif match := _JAPANESE_CUE.match(after):
            cue = _at(match, "cue", pair.close)
            named = _JAPANESE_SPEAKER.search(before)
            speaker = _at(named, "speaker", shift) if named else None
        elif match := _AFTER.match(after):
            speaker, cue = _at(match, "speaker", pair.close), _at(match, "cue", pair.close)
        if cue is not None:
            found.append(
                Statement("direct", ((pair.start, pair.end),), speaker, "name" if speaker else "none", None, cue, None, 8000, (index,))
            )
    return found


def _at(match: re.Match[str], group: str, shift: int) -> Stretch:
    return match.start(group) + shift, match.end(group) + shift
