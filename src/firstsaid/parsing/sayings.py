"""Who says what in one text: the layers in the order in which they trust each other (blocks, marks, clauses, nesting, names)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from firstsaid.model import Layout, Mention, Quotation, ScareQuote
from firstsaid.parsing import lexicon
from firstsaid.parsing.blocks.blocks import find_blocks
from firstsaid.parsing.blocks.colons import find_after_colons
from firstsaid.parsing.clauses.clauses import find_clauses
from firstsaid.parsing.clauses.own_voice import is_own
from firstsaid.parsing.clauses.reported import find_reported
from firstsaid.parsing.marked.dialogue import find_dialogue
from firstsaid.parsing.marked.direct import find_direct
from firstsaid.parsing.marked.echoes import with_echoes
from firstsaid.parsing.marked.fragments import cue_left_of
from firstsaid.parsing.marked.nesting import with_parents
from firstsaid.parsing.marked.unspaced import find_unspaced, is_unspaced
from firstsaid.parsing.marked.uses import find_uses, use_of
from firstsaid.parsing.naming.mentions import mentions_of, speaker_id
from firstsaid.parsing.naming.names import NameIndex, find_names
from firstsaid.parsing.naming.outlets import has_media_noun, is_other_body, stands_as_outlet
from firstsaid.parsing.statements import Statement, Stretch, phrase_stretch, stretch_of, trimmed, used_tokens
from firstsaid.parsing.structure import Page, take_apart
from firstsaid.parsing.tidying import tidied
from firstsaid.parsing.who.resolving import is_unnamed, resolved
from firstsaid.parsing.who.voices import voiced
from firstsaid.parsing.who.whose_words import named_before

MAX_DEPTH = 3  # quotations inside quotations that are looked for: A quoting B quoting C
MIN_NESTED_CONFIDENCE = 8000  # clauses inside another's words: most "I think that ..." there are the same speaker's
MIN_NESTED_LENGTH = 30  # characters; shorter words between marks hold no clause of another's
_SIGNATURE = re.compile(r"\s*(?:[~―]|--?|[–—])\s*(?=[^\W\d_])([^\n\"“”«»]{2,60})")


@dataclass(frozen=True, slots=True)
class Mode:
    """How a text is read. `is_parsed`: whether the parser may run; without it no statement in the writer's own words is found in English.

    `is_precise`: whether only those statements are listed that are most likely right (four in five of them are).
    """

    is_parsed: bool = True
    is_precise: bool = False


USUAL = Mode()


@dataclass(frozen=True, slots=True)
class Sayings:
    """What one pass finds: everything but figures, citations and predictions."""

    page: Page
    names: NameIndex
    quotations: tuple[Quotation, ...]
    scare_quotes: tuple[ScareQuote, ...]
    mentions: tuple[Mention, ...]


def sayings(
    text: str,
    *,
    document_id: str = "",
    layout: Sequence[Layout] = (),
    language: str | None = None,
    mode: Mode = USUAL,
) -> Sayings:
    """Quotations, scare quotes and mentions, in one pass."""
    page = take_apart(text, layout, language)
    statements = [_signed(page, statement) for statement in _statements(page, 0, mode)]
    uses, unattributed = find_uses(page, statements)
    statements, uses, unattributed = with_echoes(page, statements, uses, unattributed)
    statements += _without_speaker(page, unattributed)
    if mode.is_precise:  # on held-out news 2 of 32 such pairs of marks hold what the annotators marked as a statement
        statements = [item for item in statements if item.speaker or item.cue or item.speaker_name]
    statements.sort(key=lambda item: (item.start, -item.end))
    inner, inner_uses = _nested(page, statements, 1, mode)
    statements = sorted([*statements, *inner], key=lambda item: (item.start, -item.end))
    index = find_names(page)
    quotations = _quotations(page, index, statements, document_id)
    scare_quotes = sorted((replace(use, document_id=document_id) for use in [*uses, *inner_uses]), key=lambda use: (use.start, use.end))
    speakers = [item.speaker for item in statements if item.speaker is not None]
    mentions = mentions_of(page, index, document_id, speakers)
    return Sayings(page, index, tuple(quotations), tuple(scare_quotes), tuple(mentions))


def _statements(page: Page, depth: int, mode: Mode) -> list[Statement]:
    """Blocks, then words between marks, then clauses, each beside what the ones before have taken."""
    if is_unspaced(page):
        return find_unspaced(page)
    cues = lexicon.cues(page.language) if page.language else {}
    direct = [*find_direct(page, cues), *find_dialogue(page, cues)]
    blocks = find_blocks(page, cues) if depth == 0 else []
    clauses: list[Statement] = []
    if page.language == "en" and mode.is_parsed:
        read = find_clauses(page, direct, is_precise=mode.is_precise)
        direct, clauses = read.kept, read.found
    elif page.language and page.language != "en":
        clauses = find_reported(page, cues, used_tokens(page, direct))
    behind_colons = find_after_colons(page, cues)
    if behind_colons:
        used = used_tokens(page, [*direct, *clauses])
        clauses = [*clauses, *(item for item in behind_colons if not any(used[page.token_at(item.start) : page.tokens_before(item.end)]))]
    if blocks:
        clauses = [item for item in clauses if not (_is_first_person(page, item) and not _is_told(page, item) and _lies_in(item, blocks))]
    tidy = (tidied(page, item) for item in (*blocks, *direct, *clauses))
    # A subject that the parser found speaks, whatever its noun; one found by capitals and small words may be none.
    by_parse = {item.cue for item in clauses} if page.language == "en" else set()
    with_voice = [item if item.cue in by_parse else voiced(page, item) for item in tidy if item is not None]
    return [item for item in with_voice if depth > 0 or _lies_in(item, blocks) or not is_own(page, item)]


def _is_told(page: Page, statement: Statement) -> bool:
    """Whether the cue tells of an earlier occasion: "I told him that ...", not "I think that ..."."""
    words = page.text[slice(*statement.cue)].lower().split() if statement.cue else []
    return bool(words) and words[-1] in ("told", "said", "asked", "replied", "answered", "wrote", "sagte", "schrieb", "fragte", "dije")


def _lies_in(statement: Statement, blocks: list[Statement]) -> bool:
    at = bisect_right([block.start for block in blocks], statement.start) - 1
    return at >= 0 and statement.start < blocks[at].end


def _nested(page: Page, statements: list[Statement], depth: int, mode: Mode) -> tuple[list[Statement], list[ScareQuote]]:
    """Statements and uses inside the words between marks: the same layers over each piece that holds marks or a cue of its own."""
    found: list[Statement] = []
    uses: list[ScareQuote] = []
    inner_starts = {page.outer[pair].open for pair in range(len(page.outer))}
    inner_opens = [pair.open for pair in page.pairs if pair.depth > 0]
    for statement in statements:
        if statement.form != "direct" or depth > MAX_DEPTH:
            continue
        for start, end in statement.pieces:
            has_marks = bisect_left(inner_opens, start) < bisect_left(inner_opens, end)
            if not has_marks and (end - start < MIN_NESTED_LENGTH or " that " not in page.text[start:end]):
                continue
            piece = take_apart(page.text[start:end], (), page.language)
            inside = _statements(piece, depth, mode)
            inside = [item for item in inside if item.form == "direct" or item.confidence >= MIN_NESTED_CONFIDENCE]
            inside = [item for item in inside if not _is_first_person(piece, item)]
            inner_uses, unattributed = find_uses(piece, inside)
            inside += _without_speaker(piece, unattributed)
            deeper, deeper_uses = _nested(piece, inside, depth + 1, mode) if piece.outer else ([], [])
            found += [_moved(item, start) for item in [*inside, *deeper]]
            uses += [replace(use, start=use.start + start, end=use.end + start) for use in [*inner_uses, *deeper_uses]]
    return found, [use for use in uses if use.start not in inner_starts]


def _is_first_person(page: Page, statement: Statement) -> bool:
    """Whether a statement is its speaker's own again: "I think that ..." inside a quotation."""
    if statement.speaker is None:
        return statement.form != "direct"
    return page.text[statement.speaker[0] : statement.speaker[1]].lower() in ("i", "we", "you", "ich", "wir", "je", "nous", "yo")


def _moved(statement: Statement, by: int) -> Statement:
    def move(stretch: Stretch | None) -> Stretch | None:
        return (stretch[0] + by, stretch[1] + by) if stretch else None

    pieces = tuple((start + by, end + by) for start, end in statement.pieces)
    return replace(
        statement, pieces=pieces, speaker=move(statement.speaker), cue=move(statement.cue), work=move(statement.work), pairs=()
    )  # fmt: skip


def _without_speaker(page: Page, pairs: list[int]) -> list[Statement]:
    """Words between marks that nobody is found to say, unless a signature follows: “...” ~ Ann Poe."""
    found: list[Statement] = []
    for index in pairs:
        pair = page.outer[index]
        piece = trimmed(page.text, pair.start, pair.end)
        speaker = _signature_after(page, pair.close)
        nearest = None if speaker else cue_left_of(page, pair.open)
        if nearest is not None and nearest.speaker is not None:
            span, phrase = stretch_of(page, nearest.cue), nearest.speaker
            found.append(Statement("direct", (piece,), phrase_stretch(page, phrase), phrase.kind, None, span, None, 4500, (index,)))
            continue
        named = None
        if speaker is None and page.is_essay:
            named = named_before(page, max(0, page.unit_at(pair.open)), page.token_at(pair.open))
        if named is not None:
            found.append(Statement("direct", (piece,), phrase_stretch(page, named), "name", None, None, None, 3000, (index,)))
            continue
        found.append(
            Statement("direct", (piece,), speaker, "name" if speaker else "none", None, None, None, 8000 if speaker else 4000, (index,))
        )  # fmt: skip
    return found


def _signed(page: Page, statement: Statement) -> Statement:
    """The statement with the signature under it as its speaker, where it has no speaker of its own."""
    if statement.form not in ("direct", "block") or (statement.speaker is not None and statement.speaker_kind != "running"):
        return statement
    end = page.outer[statement.pairs[-1]].close if statement.pairs else statement.end
    speaker = _signature_after(page, end)
    return replace(statement, speaker=speaker, speaker_kind="name", cue=None, confidence=8000) if speaker else statement


def _signature_after(page: Page, end: int) -> Stretch | None:
    match = _SIGNATURE.match(page.text, end, end + 90)
    return trimmed(page.text, *_until_comma(match)) if match and _is_signature(match.group(1)) else None


def _until_comma(match: re.Match[str]) -> Stretch:
    line = match.group(1)
    return match.start(1), match.start(1) + len(line.split(",")[0])


def _is_signature(line: str) -> bool:
    """Whether a line holds a name and little else: most of its words are capitalised."""
    words = line.split(",")[0].split()
    return 1 <= len(words) <= 6 and words[0][0].isupper() and sum(word[0].isupper() for word in words) * 2 > len(words)


def _quotations(page: Page, index: NameIndex, statements: list[Statement], document_id: str) -> list[Quotation]:
    found: dict[str, Quotation] = {}
    previous: str | None = None
    for statement in statements:
        name, change = resolved(page, index, statement, previous)
        surface = page.text[slice(*statement.speaker)] if statement.speaker else ""
        unnamed = bool(surface) and is_unnamed(surface) and (name is None or name == surface)
        if (
            name
            and not unnamed
            and statement.speaker_kind in ("name", "running", "pronoun", "relative")
            and (name.lower() not in lexicon.PRONOUNS)
        ):
            previous = name
        work = statement.work or _work_of(page, index, statement)
        quotation = Quotation(
            id=Quotation.identify(document_id, statement.start, statement.end, statement.form),
            document_id=document_id,
            start=statement.start,
            end=statement.end,
            form=statement.form,
            pieces=statement.pieces,
            speaker_start=statement.speaker[0] if statement.speaker else None,
            speaker_end=statement.speaker[1] if statement.speaker else None,
            speaker_name=name,
            speaker_is_unnamed=unnamed,
            name_id=speaker_id(index, document_id, statement.speaker, surface, name),
            cue_start=statement.cue[0] if statement.cue else None,
            cue_end=statement.cue[1] if statement.cue else None,
            work_start=work[0] if work else None,
            work_end=work[1] if work else None,
            confidence=max(500, statement.confidence + change),
        )
        known = found.get(quotation.id)
        if known is None or known.confidence < quotation.confidence:
            found[quotation.id] = quotation
    return with_parents(list(found.values()))


def _work_of(page: Page, index: NameIndex, statement: Statement) -> Stretch | None:
    """The work or outlet that the words were said in: a title between marks beside the cue, or "told the Northern Herald"."""
    if statement.cue is None or statement.speaker_kind == "running":
        return None
    unit = page.unit_at(statement.cue[0])
    first, end = page.units[max(unit, 0)]
    low, high = page.starts[first], page.ends[end - 1]
    for pair in page.outer[_first_pair(page, low) : _first_pair(page, low) + 6]:
        if pair.open >= high:
            break
        start, stop = trimmed(page.text, pair.start, pair.end)
        is_content = any(left < stop and start < right for left, right in statement.pieces)
        if not is_content and start < stop and use_of(page, pair.open, start, stop, pair.is_title_mark) == "title":
            return start, stop
    cue = page.text[statement.cue[0] : statement.cue[1]].lower().split()[-1]
    if cue in ("told", "tells", "telling"):
        for named in index.inside(statement.cue[1], min(high, statement.cue[1] + 60))[:1]:
            between = page.text[statement.cue[1] : named.start].strip().lower()
            if between in ("", "the") and not any(left <= named.start < right for left, right in statement.pieces):
                is_shown = stands_as_outlet(page.text, named.end, named.canonical, has_article=between == "the", has_marks=False)
                if is_shown or (has_media_noun(named.canonical) and not is_other_body(named.canonical)):
                    return named.start, named.end
    return None


def _first_pair(page: Page, position: int) -> int:
    """Index of the first outer pair that opens at or after the position."""
    low, high = 0, len(page.outer)
    while low < high:
        middle = (low + high) // 2
        if page.outer[middle].open < position:
            low = middle + 1
        else:
            high = middle
    return low
