"""Direct quotations: which pairs of marks are somebody's words, whose, and which belong together."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from firstsaid.parsing import lexicon
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.marked import cues_around
from firstsaid.parsing.marked.dialogue import interrupted
from firstsaid.parsing.marks import Pair
from firstsaid.parsing.statements import Attribution, Statement, Stretch, phrase_stretch, stretch_of, trimmed
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who.speakers import FOREIGN_AUXILIARIES, Phrase, subject_after, subject_before
from firstsaid.parsing.who.subject_of_cue import first_subject
from firstsaid.parsing.who.subjects import phrase_from
from firstsaid.parsing.who.whose_words import presented_by

_REACH = 16  # tokens between a mark and its cue: a long subject fits in, the next clause does not
_SOFT = frozenset(",—–-…")
_ENDS_STATEMENT = tuple(",.!?…;，。！？،؟")


def find_direct(page: Page, cues: dict[str, Cue]) -> list[Statement]:
    """Statements that stand wholly between marks, in order. Linear in tokens."""
    found: list[Statement] = []
    by_unit = _pairs_by_unit(page)
    paragraph = -1
    running: Statement | None = None  # the statement of this paragraph that a following quotation without cue goes on with
    last: Statement | None = None  # of the paragraphs before
    for unit, (first, end) in enumerate(page.units):
        if page.paragraph_of_unit[unit] != paragraph:
            if running is not None:
                last = running
            elif unit and not by_unit.get(unit):
                last = last if _is_short(page, unit) else None
            paragraph, running = page.paragraph_of_unit[unit], None
            if last is not None and found and last is found[-1] and _is_open_ended(page, last, paragraph):
                running = last  # “A. / “B.”: the opening mark is repeated, the first one was left open on purpose
            if running is None and last is not None and found and last is found[-1] and _goes_on_below(page, last, by_unit, unit):
                running = last
        pairs = by_unit.get(unit, [])
        if not pairs:
            continue
        for statement in _statements_of_unit(page, cues, first, end, pairs, running, last, unit):
            if running is not None and statement.start == running.start:
                found[-1] = statement
            else:
                found.append(statement)
            running = statement
    return found


def _is_open_ended(page: Page, statement: Statement, paragraph: int) -> bool:
    pair = page.outer[statement.pairs[-1]] if statement.pairs else None
    return pair is not None and not pair.is_closed and pair.paragraph == paragraph - 1


def _goes_on_below(page: Page, statement: Statement, by_unit: dict[int, list[int]], unit: int) -> bool:
    """Whether a paragraph between marks goes on with the statement before it, whose cue ended its paragraph: “A,” said Poe. / “B.”.

    So it was annotated in 27 of 30 places of news; in essays and stories somebody else may answer.
    """
    first, end = page.units[unit]
    is_next = page.paragraph_of_unit[unit] == page.paragraph_of_unit[unit - 1] + 1 and not page.is_essay
    if not is_next or statement.cue is None or statement.speaker is None or not statement.pairs or _n_words_outside(page, first, end):
        return False
    pair = statement.pairs[-1]
    return pair in by_unit.get(unit - 1, ()) and statement.cue[0] >= page.outer[pair].close


def _is_short(page: Page, unit: int) -> bool:
    first, end = page.units[unit]
    return end - first < 12


def _pairs_by_unit(page: Page) -> dict[int, list[int]]:
    firsts = [page.starts[first] for first, _ in page.units]
    found: dict[int, list[int]] = {}
    for index, pair in enumerate(page.outer):
        unit = bisect_left(firsts, pair.open + 1) - 1
        found.setdefault(max(unit, 0), []).append(index)
    return found


def _statements_of_unit(
    page: Page, cues: dict[str, Cue], first: int, end: int, pairs: list[int], running: Statement | None, last: Statement | None, unit: int
) -> list[Statement]:
    """The statements of one sentence; one that goes on with `running` comes back as `running` with more pieces."""
    found: list[Statement] = []
    current: Statement | None = None
    outside = _n_words_outside(page, first, end)
    for order, index in enumerate(pairs):
        pair = page.outer[index]
        piece = trimmed(page.text, pair.start, pair.end)
        if piece[0] >= piece[1] or pair.is_title_mark:
            continue
        opens, closes = page.tokens_before(pair.open), page.tokens_before(pair.close)
        before, after = opens - 1, closes
        floor = first if order == 0 else page.tokens_before(page.outer[pairs[order - 1]].close)
        ceiling = end if order + 1 == len(pairs) else page.tokens_before(page.outer[pairs[order + 1]].open)
        is_like_statement = _looks_like_statement(page, pair, piece, before, first)
        stands_alone = is_like_statement or (before < first and _ends_clause(page, pair, piece))
        attribution = _cue_after(page, cues, after, ceiling) if stands_alone else None
        # "A," she said, "B": the cue between two pieces serves both.
        if current is not None and (_is_coordinated(page, floor, before) or _continues(page, cues, current, floor, before)):
            current = current.continued(piece, index)
            found[-1] = current
            continue
        if attribution is None and is_like_statement:
            attribution = _cue_before(page, cues, before, floor, unit)
        if attribution is None and is_like_statement and (parted := interrupted(page, cues, pair)) is not None:
            current = replace(parted, pairs=(index,))
            found.append(current)
        elif attribution is not None:
            before_it = current or running
            current = _statement(page, attribution, piece, index, pair)
            if attribution.speaker is None and page.language != "en":  # "... y añadió:", "Et d'ajouter :"
                left_out = before_it.speaker if before_it is not None else None
                if left_out is None and page.language in cues_around.DROPS_PRONOUNS:
                    left_out = _subject_of_sentence_before(page, unit)
                current = replace(current, speaker=left_out, speaker_kind="running" if left_out else "none")
            found.append(current)
        elif is_like_statement and outside == 0:
            if running is not None and current is None:
                current = running.continued(piece, index)
                found.append(current)
            elif current is not None:
                current = current.continued(piece, index)
                found[-1] = current
            else:
                current = _carried_over(page, cues, piece, index, last, unit)
                found.append(current)
    return found


def _subject_of_sentence_before(page: Page, unit: int) -> Stretch | None:
    """Whom a verb without its pronoun goes on with: the phrase that opens the sentence before in its paragraph."""
    if unit == 0 or page.paragraph_of_unit[unit] != page.paragraph_of_unit[unit - 1]:
        return None
    first, end = page.units[unit - 1]
    phrase = phrase_from(page, first, end)
    if phrase is None:
        return None
    behind = phrase_from(page, phrase.end + 1, end) if phrase.end + 1 < end and page.lower[phrase.end] in (",", "،") else None
    return phrase_stretch(page, behind if behind is not None and behind.kind == "name" else phrase)


def _n_words_outside(page: Page, first: int, end: int) -> int:
    return sum(page.pair_of[token] == NO_PAIR and page.words[token][0].isalnum() for token in range(first, end))


def _looks_like_statement(page: Page, pair: Pair, piece: tuple[int, int], before: int, first: int) -> bool:
    """Whether the words between the marks can stand alone: they begin like a sentence, or end like one, and are not only a name."""
    content = page.text[piece[0] : piece[1]]
    n_words = content.count(" ") + 1
    if n_words <= 2 and page.is_essay and _is_word_said(page, pair, before, first):
        return True
    begins = content[0].isupper() or content[0] in "¡¿[(…" or content[0].isdigit() or not content[0].isascii()
    at_start = before < first or page.lower[before] in (",", ":", "—", "–", "-", "،", "：", "，") or page.pair_of[before] != NO_PAIR
    after_cue = before >= first and _follows_cue(page, before, first)
    if not at_start and not after_cue and looks_like_title(content):
        return False  # of “Today,” reminded his staff
    noun = before - 1 if before > first and page.lower[before] == "," else before
    if noun >= first and page.lower[noun] in lexicon.WORK_NOUNS and looks_like_title(content):
        return False  # her forgotten book, “The Table.”
    if content.endswith(_ENDS_STATEMENT):
        return at_start or (begins and (after_cue or n_words >= 6))
    return n_words >= 2 and begins and (at_start or after_cue)


def _is_word_said(page: Page, pair: Pair, before: int, first: int) -> bool:
    """Whether a word or two stand alone behind a verb of saying: She said "resilience" thirty-one times."""
    known = lexicon.cues(page.language) if page.language else {}
    cue = known.get(page.lower[before]) if before > first else None
    if cue is None or cue.lemma not in ("say", "answer", "reply", "shout", "whisper") or cue.form != "finite":
        return False
    after = page.tokens_before(pair.close)
    following = page.lower[after : after + 2]
    return not following or not following[0][0].isalpha() or following[0] in _TIMES or following[-1] == "times"


_TIMES = lexicon.word_set("once twice again and but to when while as")


def _follows_cue(page: Page, before: int, first: int) -> bool:
    """Whether a cue stands just before, with at most a few words of when, where or to whom: Poe said on Friday "..."."""
    known = lexicon.cues(page.language) if page.language else {}
    for token in range(before, max(first, before - 5) - 1, -1):
        cue = known.get(page.lower[token])
        if cue is not None and cue.act != "judge":
            return token == before or (cue.form == "finite" and cue.act == "say")
        if not (page.words[token][0].isalnum() or page.words[token] == ".") or page.lower[token] in (
            "that",
            "and",
            "is",
            "was",
            "as",
            "of",
        ):
            return False
    return False


def looks_like_title(content: str) -> bool:
    """Whether every word but the small ones begins with a capital, as in the title of a work, and no sentence ends inside."""
    words = content.rstrip(",.").split()
    large = [word for word in words if word.lower() not in lexicon.SMALL_WORDS]
    return (
        bool(large) and len(words) <= 12 and all(word[0].isupper() or not word[0].isalpha() for word in large) and "." not in content[:-1]
    )


def _ends_clause(page: Page, pair: Pair, piece: tuple[int, int]) -> bool:
    """Whether a comma or stop parts the quotation from what follows."""
    return page.text[piece[1] - 1] in _ENDS_STATEMENT or page.text[pair.close : pair.close + 2].strip()[:1] in (",", "—", "–", "،", "，")


def _cue_after(page: Page, cues: dict[str, Cue], after: int, ceiling: int) -> Attribution | None:
    """The cue that follows a quotation: `," said Poe`, `," Poe, a clerk, said`, `," according to Poe`."""
    if page.language != "en":
        return cues_around.cue_after(page, cues, after, ceiling) if page.language else None
    at = after
    while at < ceiling and page.lower[at] in _SOFT:
        at += 1
    if at >= ceiling:
        return None
    lower = page.lower
    if lower[at] == "according" and at + 1 < ceiling and lower[at + 1] == "to":
        phrase = subject_after(page, at + 2, ceiling)
        return Attribution((at, at + 2), phrase, "according") if phrase else None
    verb = at
    while verb < ceiling and (lower[verb] in lexicon.ADVERBS or lower[verb].endswith("ly") or lower[verb] in FOREIGN_AUXILIARIES):
        verb += 1
    if (
        verb < ceiling
        and (cue := cues.get(lower[verb]))
        and cue.form == "finite"
        and page.words[verb][0].islower() | (not page.words[verb][0].isascii())
    ):
        phrase = subject_after(page, verb + 1, ceiling)
        if phrase:
            return Attribution((verb, verb + 1), phrase, cue.lemma)
    for verb in range(at + 1, min(ceiling, at + _REACH)):
        word = lower[verb]
        if word in (".", ";", ":", "?", "!") and not _is_dotted(page, verb):
            return None
        cue = cues.get(word)
        if cue is None or (page.is_capitalised(verb) and page.words[verb].isascii()):
            continue
        if cue.form == "finite":
            phrase, group = subject_before(page, verb, at)
        elif cue.form == "base" and cue.act == "say":
            phrase, group = _habitual(page, verb, at)
        else:
            continue
        if phrase is None or phrase.start > at + 1 or phrase.score < 1500:
            continue
        return Attribution((group, verb + 1), phrase, cue.lemma)
    return None


def _habitual(page: Page, verb: int, floor: int) -> tuple[Phrase | None, int]:
    """The subject of "used to say", "would say", "she'd tell me"."""
    before = page.lower[verb - 1]
    if before == "to" and verb - 2 > floor and page.lower[verb - 2] == "used":
        return subject_before(page, verb - 2, floor)
    if before in ("would", "will", "did", "might", "could"):
        return subject_before(page, verb, floor)
    is_short = verb - 1 >= floor and _WOULD.fullmatch(before) is not None
    return (Phrase(verb - 1, verb, "pronoun", 8000) if is_short else None), verb - 1


_WOULD = re.compile(r"(?:i|you|he|she|they|we)['’](?:d|ll)")


def _is_dotted(page: Page, token: int) -> bool:
    """Whether a full stop belongs to a title or an initial."""
    before = page.words[token - 1]
    return page.lower[token] == "." and (len(before) <= 3 and before[0].isupper())


def _cue_before(page: Page, cues: dict[str, Cue], before: int, floor: int, unit: int) -> Attribution | None:
    """The cue that introduces a quotation: `Poe said, "`, `Poe told the council: "`, or the sentence before that ends with a colon."""
    if before < floor:
        if unit == 0:
            return None
        first, end = page.units[unit - 1]
        if page.lower[end - 1] not in (":", "：") or page.paragraph_of_unit[unit] - page.paragraph_of_unit[unit - 1] > 1:
            return None
        before, floor = end - 1, first
    if page.language != "en":
        return cues_around.cue_before(page, cues, before, floor) if page.language else None
    at = before
    if page.lower[at] in (",", ":", "—", "–", "-", "that", "：", "，", "،"):
        at -= 1
    has_colon = page.lower[before] in (":", "：")
    best: Attribution | None = None
    for verb in range(at, max(floor, at - 2 * _REACH if has_colon else at - _REACH) - 1, -1):
        if page.pair_of[verb] != NO_PAIR:
            break
        if page.lower[verb] in (";", ".", "?", "!") and not _is_dotted(page, verb):
            break
        cue = cues.get(page.lower[verb])
        if cue is None or (page.is_capitalised(verb) and page.words[verb].isascii() and verb > floor):
            continue
        if cue.act == "judge" or (
            cue.form == "base" and not (verb > floor and page.lower[verb - 1] in ("to", "would", "will", "did", "they", "we", "i"))
        ):
            continue
        phrase, group = subject_of(page, cues, verb, cue, floor, floor)
        if phrase is None and cue.form == "finite" and (verb == at or (has_colon and not page.words[verb].isascii())):
            phrase = subject_after(page, verb + 1, before)
        if phrase is not None or has_colon or verb == at:
            return Attribution((group, verb + 1), phrase, cue.lemma)
        best = best or Attribution((group, verb + 1), None, cue.lemma)
    opening = floor
    if page.lower[opening] == "according" and page.lower[opening + 1] == "to":
        phrase = subject_after(page, opening + 2, before + 1)
        if phrase and phrase.end >= before - 1:
            return Attribution((opening, opening + 2), phrase, "according")
    if best is None and has_colon:
        for noun in range(at, max(floor, at - 6) - 1, -1):
            if page.lower[noun] in lexicon.NOMINAL_CUES:  # "issued the following statement:"
                return Attribution((noun, noun + 1), first_subject(page, cues, floor, noun), page.lower[noun])
    if best is None and has_colon and before > floor:
        # "The minister in the chamber:" or 'Poe: "..."' has no cue but the colon.
        phrase = subject_after(page, floor, before + 1)
        if phrase and phrase.end >= before and phrase.kind in ("name", "role"):
            return Attribution((before, before + 1), phrase, ":")
        if (phrase := presented_by(page, unit, floor, before)) is not None:
            return Attribution((before, before + 1), phrase, ":")
    return best


def subject_of(page: Page, cues: dict[str, Cue], verb: int, cue: Cue, floor: int, first: int) -> tuple[Phrase | None, int]:
    """The subject of a cue: the phrase before it, or that of the sentence's first verb ("..., adding", "She rose and said")."""
    phrase, group = subject_before(page, verb, floor)
    before = page.lower[group - 1] if group > first else ""
    if cue.form == "participle" and (phrase is None or before == "," or phrase.kind == "other"):
        return first_subject(page, cues, first, verb) or phrase, group
    if phrase is None and before in ("and", "but", ",", "then", "or"):
        phrase = first_subject(page, cues, first, verb)
    return phrase, group


def _is_coordinated(page: Page, floor: int, before: int) -> bool:
    """Whether only "and" stands between two pairs: Poe said "A" and "B"."""
    return floor <= before < floor + 3 and all(
        page.lower[token] in ("and", "but", "or", ",", "then", "und", "et", "y") for token in range(floor, before + 1)
    )


def _continues(page: Page, cues: dict[str, Cue], current: Statement, floor: int, before: int) -> bool:
    """Whether what stands between two pairs is only the first one's cue and speaker ("A," she said, "B") or a second one (he added)."""
    if floor <= before < floor + 4 and page.lower[before] == "," and _goes_on_small(page, current, before):
        return any(page.lower[token] in cues and cues[page.lower[token]].act == "say" for token in range(floor, before))
    if floor > before or current.cue is None or current.cue[0] < page.starts[floor]:
        return False
    if page.lower[before] not in (",", ".", "—", "–", ":", "-", "but", "and"):
        return False
    inside = [t for t in range(floor, before + 1) if page.starts[t] >= current.cue[1] and page.words[t][0].isalnum()]
    return len(inside) < 12 and not any(page.lower[t] in cues and cues[page.lower[t]].form == "participle" for t in inside)


def _goes_on_small(page: Page, current: Statement, before: int) -> bool:
    """Whether the last piece ended with a comma and the next begins with a small letter: the sentence goes on."""
    following = page.words[before + 2][0] if before + 2 < len(page.words) else ""  # behind the mark
    return page.text[current.end - 1] == "," and following.islower()


def _statement(page: Page, attribution: Attribution, piece: tuple[int, int], index: int, pair: Pair) -> Statement:
    phrase = attribution.speaker
    confidence = 9000 if phrase and phrase.score >= 7000 else 7500
    return Statement(
        "direct", (piece,), phrase_stretch(page, phrase), phrase.kind if phrase else "none", None,
        stretch_of(page, attribution.cue), None, confidence if pair.is_closed else confidence // 2, (index,),
    )  # fmt: skip


def _carried_over(page: Page, cues: dict[str, Cue], piece: tuple[int, int], index: int, last: Statement | None, unit: int) -> Statement:
    """A quotation without a cue of its own: the speaker of the sentence or paragraph before goes on, less surely."""
    if unit and page.paragraph_of_unit[unit] == page.paragraph_of_unit[unit - 1]:
        first, end = page.units[unit - 1]
        for verb in range(end - 1, first, -1):
            cue = cues.get(page.lower[verb]) if page.pair_of[verb] == NO_PAIR else None
            if cue is None or cue.form != "finite" or cue.act != "say" or page.is_capitalised(verb):
                continue
            phrase, group = subject_of(page, cues, verb, cue, first, first)
            if phrase is not None and phrase.kind in ("name", "pronoun", "role"):
                attribution = Attribution((group, verb + 1), phrase, cue.lemma)
                speaker, span = phrase_stretch(page, phrase), stretch_of(page, attribution.cue)
                return Statement("direct", (piece,), speaker, "running", None, span, None, 6500, (index,))
    if last is None or page.paragraph_of_unit[unit] - page.paragraph_at(last.end - 1) > 2:
        return Statement("direct", (piece,), None, "none", None, None, None, 5000, (index,))
    return Statement("direct", (piece,), last.speaker, "running", last.speaker_name, last.cue, None, 6000, (index,))
