"""The cue before or after words between marks in languages other than English, with its subject."""

from __future__ import annotations

from firstsaid.parsing.grammars import Grammar, grammar
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.statements import Attribution
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who.speakers import Phrase
from firstsaid.parsing.who.subjects import phrase_from, subject_after, subject_before

_REACH = 16  # tokens between a mark and its cue: a subject with its office fits in, the next clause does not
_SOFT = frozenset(",—–-…،؛;")
_STOPS = frozenset(".;?!؟؛…")
DROPS_PRONOUNS = ("ar", "fa", "es", "it", "pt")
_COLONS = frozenset(":：")


def cue_after(page: Page, cues: dict[str, Cue], after: int, ceiling: int) -> Attribution | None:
    """`», a déclaré Anne Morel`, `“, so Jonas Reuter`, `», سامان نادری گفت`: the cue right behind a quotation."""
    words = grammar(page.language or "")
    at = after
    while at < ceiling and page.lower[at] in _SOFT:
        at += 1
    if at >= ceiling:
        return None
    if (found := according(page, words.according_quoted, at, ceiling)) is not None:
        return found
    verb = at
    while (
        verb < min(ceiling, at + 5)
        and (page.lower[verb] in words.auxiliaries or page.lower[verb] in words.pronouns)
        and page.lower[verb] not in cues
    ):
        verb += 1
    if verb < ceiling and page.lower[verb] in cues and page.pair_of[verb] == NO_PAIR:
        inverted = _pronoun_between(page, words, at, verb) or subject_after(page, verb + 1, ceiling)
        is_bare = page.language in DROPS_PRONOUNS and (verb + 1 >= ceiling or page.lower[verb + 1] in _STOPS)
        if inverted is not None or is_bare:
            return Attribution((at, verb + 1), inverted, cues[page.lower[verb]].lemma)
    if page.lower[at] in words.auxiliaries and (split := _split_verb(page, cues, at, ceiling)) is not None:
        return split
    for verb in range(at + 1, min(ceiling, at + _REACH)):
        if page.lower[verb] in _STOPS or page.pair_of[verb] != NO_PAIR:
            return None
        if page.lower[verb] not in cues:
            continue
        phrase, group = subject_before(page, verb, at)
        if phrase is not None:
            return Attribution((group, verb + 1), phrase, cues[page.lower[verb]].lemma)
        inverted = subject_after(page, verb + 1, ceiling) if _is_cue_clause(page, cues, at, verb) else None
        return Attribution((verb, verb + 1), inverted, cues[page.lower[verb]].lemma) if inverted else None
    return None


def _is_cue_clause(page: Page, cues: dict[str, Cue], at: int, verb: int) -> bool:
    """Whether only a few small words stand before the verb: "это", "so", "as", "así lo"."""
    return verb - at <= 2 and not any(page.lower[token] in cues for token in range(at, verb))


def _pronoun_between(page: Page, words: Grammar, first: int, verb: int) -> Phrase | None:
    """The pronoun inside the verb group: a-t-elle répondu."""
    return next((Phrase(at, at + 1, "pronoun", 8500) for at in range(first, verb) if page.lower[at] in words.pronouns), None)


def _split_verb(page: Page, cues: dict[str, Cue], first: int, ceiling: int) -> Attribution | None:
    """German: "hat Clara Stein dem Tagblatt gesagt"."""
    phrase = subject_after(page, first + 1, ceiling)
    if phrase is None or page.language != "de":
        return None
    for verb in range(phrase.end, min(ceiling, phrase.end + 10)):
        if page.lower[verb] in _STOPS or page.lower[verb] == ",":
            return None
        if page.lower[verb] in cues:
            return Attribution((first, verb + 1), phrase, cues[page.lower[verb]].lemma)
    return None


def cue_before(page: Page, cues: dict[str, Cue], before: int, floor: int) -> Attribution | None:
    """`Le préfet a indiqué : «`, `قالت آنا حداد: «`: the nearest cue on the left of a mark, in its clause or before its colon."""
    words = grammar(page.language or "")
    at = before
    has_colon = page.lower[at] in _COLONS
    while at >= floor and page.lower[at] in _SOFT | _COLONS | words.conjunctions:
        at -= 1
    best: Attribution | None = None
    for verb in range(at, max(floor, at - (2 if has_colon else 1) * _REACH) - 1, -1):
        if page.pair_of[verb] != NO_PAIR or (page.lower[verb] in _STOPS and not _is_dotted(page, verb)):
            break
        cue = cues.get(page.lower[verb])
        if cue is None or (page.words[verb][0].isupper() and verb > floor and page.lower[verb] not in words.auxiliaries):
            continue
        phrase, group = subject_before(page, verb, floor)
        if phrase is None:
            phrase = subject_after(page, verb + 1, before)
        if phrase is not None:
            return Attribution((group, verb + 1) if best is None else best.cue, phrase, (best.lemma if best else cue.lemma))
        best = best or Attribution((group, verb + 1), None, cue.lemma)
    if best is not None:
        return best if has_colon or best.cue[1] > at - 3 else None
    clause = max(floor, _clause_floor(page, floor, at))
    found = according(page, words.according, clause, before + 1)
    if found is not None and found.speaker is not None and found.speaker.end >= at:
        return found
    if has_colon:
        phrase = phrase_from(page, clause, before + 1)
        if phrase is not None and phrase.end > at and phrase.kind in ("name", "role"):
            return Attribution((before, before + 1), phrase, ":")
    return None


def cue_of_fragment(page: Page, cues: dict[str, Cue], mark: int, floor: int) -> Attribution | None:
    """The nearest cue with a subject left of the mark at token `mark`, or the one that follows the pair: "X nannte es „…“", "„…“ خواند"."""
    for verb in range(mark - 1, max(floor, mark - 2 * _REACH) - 1, -1):
        cue = cues.get(page.lower[verb]) if page.pair_of[verb] == NO_PAIR else None
        if cue is None or cue.act not in ("say", "judge") or (page.words[verb][0].isupper() and verb > floor):
            continue
        phrase, group = subject_before(page, verb, floor)
        phrase = phrase or subject_after(page, verb + 1, mark)
        if phrase is not None and phrase.kind in ("name", "pronoun", "role"):
            return Attribution((group, verb + 1), phrase, cue.lemma)
    after = mark
    while after < len(page.words) and page.pair_of[after] == page.pair_of[min(mark, len(page.words) - 1)] != NO_PAIR:
        after += 1
    if after < len(page.words) and (cue := cues.get(page.lower[after])) is not None and cue.act in ("say", "judge"):
        phrase = phrase_from(page, floor, mark) if floor < mark else None
        return Attribution((after, after + 1), phrase, cue.lemma) if phrase is not None else None
    return None


def _clause_floor(page: Page, floor: int, last: int) -> int:
    at = last
    while at > floor and page.lower[at - 1] not in _STOPS and page.pair_of[at - 1] == NO_PAIR:
        at -= 1
    return at


def _is_dotted(page: Page, token: int) -> bool:
    return page.lower[token] == "." and token > 0 and len(page.words[token - 1]) <= 3 and page.words[token - 1][0].isupper()


def according(page: Page, phrases: tuple[tuple[str, ...], ...], first: int, ceiling: int) -> Attribution | None:
    """An "according to X" where one of the phrases begins at token `first`."""
    for phrase in phrases:
        end = first + len(phrase)
        opening = tuple(page.lower[first:end])
        if page.language == "ar" and opening[0][:1] in "وف" and opening[0][1:] == phrase[0]:
            opening = (phrase[0], *opening[1:])  # "and according to" is one word
        if end < ceiling and opening == phrase:
            speaker = subject_after(page, end, ceiling)
            if speaker is not None:
                return Attribution((first, end), speaker, phrase[0])
    return None
