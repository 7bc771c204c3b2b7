"""Statements in Chinese and Japanese, where no spaces part speaker, cue and the rest: patterns around marks and in sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from firstsaid.parsing.statements import Statement, Stretch
from firstsaid.parsing.structure import Page

_CHINESE_CUE = (
    r"(?:表示|指出|認為|认为|强調|强调|強調|透露|宣布|宣佈|寫道|写道|問道|问道|回答|補充|补充|解釋|解释|说道|說道|坦言|回应|回應|反问|反問|"
    r"呼吁|呼籲|警告|承认|承認|否认|否認|重申|写|寫|喊道|答道|"
    r"告诉[^\s，。：]{0,8}|告訴[^\s，。：]{0,8}|常说|常說|说|說|称|稱|道|問|问)"
)
_NAME = r"[^\s，。！？；：、“”「」『』《》]"
_BEFORE = re.compile(rf"(?:^|[\s，。！？；：、”」』])(?P<speaker>{_NAME}{{1,16}}?)(?P<cue>{_CHINESE_CUE})(?:[：:,，]|\s)?$")
_COLON = re.compile(rf"(?:^|[\s，。！？；”」』])(?P<speaker>{_NAME}{{2,10}})(?P<cue>[：:])\s?$")
_JAPANESE_SPEAKER = re.compile(rf"(?:^|[\s、。！？」』])(?P<speaker>{_NAME}{{1,16}}?)(?:は|が|も|によると)、?$")
_JAPANESE_CUE = (
    r"(?P<cue>述べ|語っ|語る|話し|話す|言っ|言う|言い|指摘し|説明し|発表し|強調し|主張し|答え|書い|書く|批判し|コメントし|訴え|尋ね|聞い|"
    r"問い|否定し|反論し|明らかにし|認め|叫ん|つぶやい|振り返|警告し|呼びかけ|報じ|伝え|記し|断言し|回答し)"
)
_JAPANESE_AFTER = re.compile(
    rf"\s?(?:などと|と)(?:(?P<speaker>{_NAME}{{1,12}}?)(?:は|が|も))?、?(?:{_NAME}{{0,8}}(?:に|へ|で))?{_JAPANESE_CUE}"
)
_JAPANESE_BARE = re.compile(
    r"と(?P<speaker>[^\s，。！？；：、“”「」『』はがをにで]{2,10}(?:さん|氏|市長|大臣|教授|首相|知事|社長|議員|監督|選手))(?=[。、]|$)"
)
_AFTER = re.compile(rf"\s?[，,]?(?P<speaker>{_NAME}{{1,12}}?)(?P<cue>{_CHINESE_CUE})(?=[，。：]|$)")
_WINDOW = 28  # characters around the marks: a speaker with a title fits in
_SENTENCE = re.compile(r"[^。！？\n]{4,400}[。！？]?")
_CHINESE_ACCORDING = re.compile(
    rf"(?P<cue>据|據|根据|根據|依据)(?P<speaker>{_NAME}{{2,16}}?)(?:的?(?:说法|說法|报道|報道|报导|報導|消息|报告|報告|称|稱|说|說|表示|透露|介绍|介紹))[，,](?P<content>.+?)[。！？]?$"
)
_CHINESE_REPORTED = re.compile(
    rf"(?:.{{0,12}}[，,])?(?P<speaker>{_NAME}{{2,16}}?)(?P<cue>表示|指出|认为|認為|强调|強調|透露|宣布|宣佈|坦言|警告|承认|承認|否认|否認|称|稱|说|說)[，,](?P<content>.+?)[。！？]?$"
)
_JAPANESE_ACCORDING = re.compile(
    rf"(?P<speaker>{_NAME}{{1,20}}?)(?P<cue>によると|によれば)、?(?P<content>.+?)(?:という|とのこと)?[。！？]?$"
)
_JAPANESE_REPORTED = re.compile(rf"(?P<speaker>{_NAME}{{1,20}}?)(?:は|が)、(?P<content>[^「」『』]{{4,300}})と{_JAPANESE_CUE}")
_KANA = re.compile("[\u3041-\u30fa]")


def is_unspaced(page: Page) -> bool:
    """Whether the text is written in Chinese or Japanese: judged by its first 400 characters."""
    sample = page.text[:400]
    return sum("\u3040" <= character <= "\u9fff" for character in sample) * 4 > len(sample)


def find_unspaced(page: Page) -> list[Statement]:
    """Statements between marks whose cue stands before or after them, and reported ones, in order. Linear: windows are bounded."""
    found: list[Statement] = []
    for index, pair in enumerate(page.outer):
        if pair.is_title_mark or pair.start >= pair.end:
            continue
        before = page.text[max(0, pair.open - _WINDOW) : pair.open]
        after = page.text[pair.close : pair.close + _WINDOW]
        shift = pair.open - len(before)
        speaker, cue = _attribution(before, after, shift, pair.close)
        if cue is None and speaker is None:
            continue
        if found and found[-1].cue is not None and found[-1].cue == cue and found[-1].speaker == speaker:
            found[-1] = found[-1].continued((pair.start, pair.end), index)  # “A，”王明说，“B”
        else:
            found.append(
                Statement("direct", ((pair.start, pair.end),), speaker, "name" if speaker else "none", None, cue, None, 8000, (index,))
            )
    taken = sorted(piece for statement in found for piece in statement.pieces)
    ends = [end for _, end in taken]
    found += [statement for statement in _reported(page) if not _overlaps(taken, ends, statement)]
    return sorted(found, key=lambda statement: (statement.start, -statement.end))


def _attribution(before: str, after: str, shift: int, close: int) -> tuple[Stretch | None, Stretch | None]:
    """The speaker and cue in the words before (from `shift` on) and after (from `close` on) a pair of marks."""
    if match := _JAPANESE_AFTER.match(after):
        cue = _at(match, "cue", close)
        named = _JAPANESE_SPEAKER.search(before)
        if match.group("speaker"):
            return _at(match, "speaker", close), cue
        return (_at(named, "speaker", shift) if named else None), cue
    if match := _JAPANESE_BARE.match(after):
        return _at(match, "speaker", close), None
    if match := _BEFORE.search(before):
        return _at(match, "speaker", shift), _at(match, "cue", shift)
    if match := _AFTER.match(after):
        return _at(match, "speaker", close), _at(match, "cue", close)
    if match := _COLON.search(before):
        return _at(match, "speaker", shift), _at(match, "cue", shift)
    return None, None


def _reported(page: Page) -> Iterator[Statement]:
    """Statements in the writer's words, one a sentence."""
    for sentence in _SENTENCE.finditer(page.text):
        words, shift = sentence.group(), sentence.start()
        patterns = (_JAPANESE_ACCORDING, _JAPANESE_REPORTED) if _KANA.search(words) else (_CHINESE_ACCORDING, _CHINESE_REPORTED)
        for pattern in patterns:
            if match := pattern.match(words):
                content = _at(match, "content", shift)
                low, high = (bisect_left(page.outer, place, key=lambda pair: pair.open) for place in content)
                inside = tuple(range(low, high))
                yield Statement(
                    "mixed" if inside else "indirect", (content,), _at(match, "speaker", shift), "name", None, _at(match, "cue", shift),
                    None, 6000, inside,
                )  # fmt: skip
                break


def _overlaps(taken: list[Stretch], ends: list[int], statement: Statement) -> bool:
    at = bisect_right(ends, statement.start)
    return at < len(taken) and taken[at][0] < statement.end


def _at(match: re.Match[str], group: str, shift: int) -> Stretch:
    return match.start(group) + shift, match.end(group) + shift
