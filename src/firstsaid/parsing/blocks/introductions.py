"""What introduces words of another without marks: "X writes:", "Wrote the Society:", "The passage runs as follows.", and whose they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from firstsaid.parsing import lexicon
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who.main_subjects import main_subject
from firstsaid.parsing.who.speakers import Phrase
from firstsaid.parsing.who.subject_of_cue import first_subject, subject_after, subject_before
from firstsaid.parsing.who.whose_words import (
    MAX_SENTENCE_TOKENS,
    OF_ONE,
    OWN,
    PRESENTING_OTHERS,
    agent_of,
    first_name,
    has_any,
    has_name,
    is_text_elsewhere,
    named_near,
    owner_meant,
    presenter_of,
    shown,
    text_of_one,
)

COLONS = (":", "：")
# What hangs behind the colon or before it without meaning anything here: footnote markers, brackets, closing marks.
_SOFT_END = frozenset(')]*_”"»’')
PRESENTING = lexicon.word_set(
    """
    published publishes posted posts
        goes runs run reads read begins began opens opened ends ended continues continued went puts put prints printed gives gave has
    explained explains concludes concluded sums summed reproduces reproduced quotes quoted cites cited copied copies captures captured
    follows following argues describes described offers offered answers answered recalls recalled remembers complains defines defined
    """
)
HERE = re.compile(
    r"(?:here(?:['’]s| is| are| he| she| they| was)\b|this is (?:how|what|from)\b|take (?:this|these)\b|consider\b|listen to\b)",
    re.IGNORECASE,
)
LIST_NOUNS = lexicon.word_set(
    """
    reasons things points questions steps options examples ways rules problems kinds types items features tips cases goals lessons facts
    categories principles factors conclusions choices topics links ideas changes
    """
)
LISTING = lexicon.word_set("as include includes included including are is were be namely like with require requires inputs")
EDITORIAL = re.compile(
    r"[\[(](?:our|my|the author['’]s|emphasis|emphases|machine|translat|italics|bold|sic)[^\])]{0,60}[\])]", re.IGNORECASE
)
_SAID_BEFORE = lexicon.word_set(
    "wrote written said noted put argued posted tweeted told replied answered asked sent schrieb geschrieben écrit escribí"
)
_PERFECT = frozenset(("have", "had", "has"))
QUOTING = lexicon.word_set("quote quoting quoted cite citing cited copy copied copying")
MIN_SCORE = 2  # one sure sign (a cue with its speaker, a noun that names a text) or two weak ones


@dataclass(frozen=True, slots=True)
class Introduction:
    """An introduction: who is introduced, the tokens of the cue if there is one, and how much speaks for it (see `MIN_SCORE`).

    `goes_on`: whether it only says that the words of the one who spoke last go on ("Later:").
    """

    speaker: Phrase | None
    cue: tuple[int, int] | None
    score: int
    goes_on: bool = False


def introduction_of(page: Page, cues: dict[str, Cue], unit: int, is_marked: bool) -> Introduction | None:
    """The introduction that a paragraph's last sentence is; None where it introduces nothing. `is_marked`: a quote follows by layout."""
    first, end = page.units[unit]
    last = closing_of(page, first, end)
    closing = page.lower[last]
    is_colon = closing in COLONS
    breaks_off = closing in ("that", "dass", "que", "che") or (closing == "," and page.lower[last - 1] in cues)
    first = max(first, last - MAX_SENTENCE_TOKENS)
    lower = page.lower[first:last]
    has_text_noun = has_any(lower, lexicon.TEXT_NOUNS)
    is_stopped = closing == "." and ("follows" in lower[-3:] or (has_text_noun and "the following" in " ".join(lower[-6:])))
    if not (is_marked or is_colon or breaks_off or is_stopped) or page.pair_of[last] != NO_PAIR:
        return None
    agent = agent_of(page, first, last)
    found = Introduction(*agent, 2) if agent is not None else by_cue(page, cues, first, last, is_colon)
    if found is not None and found.speaker is not None and _ELIDED_OBJECT.fullmatch(page.lower[found.speaker.start]):
        found = replace(found, speaker=first_name(page, first, found.speaker.start))
    if found is not None and found.speaker is not None and page.language == "en":
        found = replace(found, speaker=owner_meant(page, found.speaker))
    if breaks_off and not is_colon:
        return found
    score = found.score if found is not None else 0
    score += 4 if EDITORIAL.search(page.text[page.starts[first] : page.ends[end - 1]][-80:]) else 0
    score += 2 if has_text_noun else 0
    score += 1 if has_any(lower, PRESENTING) else 0
    score += 2 if HERE.match(page.text, page.starts[first]) else 0
    score += 2 if is_stopped else 0
    if lower[-1:] and lower[-1] in LISTING:
        score -= 2
    if has_any(lower, LIST_NOUNS) and (found is None or found.score < 3):
        score -= 3
    speaker = found.speaker if found is not None else None
    is_open = speaker is None or (agent is None and found is not None and found.score < 3)
    whose = shown(page, unit, first, last) if is_open else None
    presenter = presenter_of(page, first, last) if speaker is None else None
    if whose is not None:
        score += 1 + (presenter is not None)
        speaker = whose
    elif presenter is not None:
        is_bare = page.lower[presenter.end - 1] in lexicon.TEXT_NOUNS  # "the passage": whose it is stands before
        of_one = Phrase(presenter.start, presenter.end, OF_ONE, 5000) if is_bare and page.language == "en" else presenter
        speaker = (named_near(page, unit, first, last, None) if is_bare else None) or of_one
        score += 2
    elif speaker is None or (found is not None and found.score < 0) or has_any(lower[-8:], PRESENTING_OTHERS):
        speaker = named_near(page, unit, first, last, speaker)
        score += speaker is not None or has_name(page, unit, last)
    if page.lower[first] in OWN and not has_any(lower, QUOTING | lexicon.TEXT_NOUNS) and not (found and found.score >= 3):
        score -= 2
    if page.is_essay and (speaker is None or is_text_elsewhere(page, speaker)):
        speaker = text_of_one(page, first, last) or speaker
    goes_on = speaker is None and last - first <= MAX_GOING_ON and has_any(lower[:1], _GOING_ON)
    goes_on = goes_on or (speaker is None and found is not None and found.score >= 3)  # "Dice así:" has its "he" in the verb
    return Introduction(speaker, found.cue if found is not None else None, score + goes_on, goes_on)


_ELIDED_OBJECT = re.compile(r"[mtlsn]['’]\w+")  # m'a dit, s'écria: one token of which the first letter is no subject
MAX_GOING_ON = 7  # tokens: "and again, a few pages later"; longer sentences have a subject of their own
_GOING_ON = lexicon.word_set(
    "and again later then further elsewhere next finally or also below und wieder später dann plus puis encore luego"
)


def closing_of(page: Page, first: int, end: int) -> int:
    """The token that closes the sentence `first`..`end`: its colon, also before a dash, a bracket or a footnote marker, else the last."""
    last = end - 1
    while last > first and (page.lower[last] in _SOFT_END or (page.lower[last].isdigit() and page.lower[last - 1] in COLONS)):
        last -= 1
    dash = last
    while dash > first and page.lower[dash] in _DASHES:
        dash -= 1
    return dash if page.lower[dash] in COLONS else last


def has_colon(page: Page, unit: int) -> bool:
    """Whether a sentence ends in a colon."""
    return page.lower[closing_of(page, *page.units[unit])] in COLONS


_DASHES = frozenset("-–—")  # ":—" of older books


HANDING_ON = lexicon.word_set(
    """
    read reads quote quoting print prints printed copied transcribe transcribed reproduce reproduces recite recited recites verbatim
    unabridged dictated verlesen liest druckt zitiert abdrucken lit imprime cite recopie lee leyó imprime copio
    """
)


_PRO_DROP = ("es", "it", "pt")  # languages that have their "he" in the verb
MAX_TITLE = 12  # tokens between marks, the marks included, that may be the title of what is quoted from


def by_cue(page: Page, cues: dict[str, Cue], first: int, last: int, ends_in_colon: bool) -> Introduction | None:
    """The nearest verb of saying or asking before the colon, with its subject."""
    best: Introduction | None = None
    n_quoted = 0
    for verb in range(last - 1, first - 1, -1):
        if page.pair_of[verb] != NO_PAIR:
            n_quoted += 1
            if n_quoted > MAX_TITLE:
                break  # what stands before other quoted words is their cue
            continue
        cue = cues.get(page.lower[verb])
        if cue is None or cue.act not in ("say", "ask", "think") or cue.form == "adjective":
            continue
        if page.words[verb][0].isupper() and verb > first:
            continue
        inverted = subject_after(page, verb + 1, last + 1)
        if verb == first:
            if inverted is not None and cue.form != "participle":
                return Introduction(inverted, (verb, verb + 1), 4)  # "Wrote the Society:"
            if ends_in_colon and page.language in _PRO_DROP and cue.act == "say":
                best = best or Introduction(None, (verb, verb + 1), 3)  # "Decía así:"
            continue
        if (
            cue.form == "base"
            and page.language == "en"
            and page.lower[verb - 1] not in ("to", "do", "did", "does", "i", "we", "they", "would", "could")
        ):
            continue
        phrase, group = subject_before(page, verb, first)
        if page.language == "en" and "to" in page.lower[group:verb]:
            phrase = main_subject(page, first, verb)  # "The trust has this to say", "as my teacher liked to say"
        if phrase is None and cue.form == "participle":
            phrase = first_subject(page, cues, first, verb)
            if phrase is not None and page.lower[phrase.start] in ("this", "that", "here"):
                phrase = main_subject(page, first, verb)  # "This is Ann Poe, writing to her brother"
        if phrase is None and cue.form == "finite":
            phrase = inverted
        if phrase is None and ends_in_colon and page.language in _PRO_DROP:
            best = best or Introduction(None, (verb, verb + 1), 3)  # "Decía así:"
        is_verb = phrase is not None and phrase.kind == "other" and phrase.end - phrase.start == 1 and page.lower[phrase.start] in cues
        if phrase is None or is_verb or phrase.score < 1500 or (page.lower[phrase.start] == "it" and cue.act == "think"):
            continue
        if page.lower[phrase.start] in OWN and "down" in page.lower[verb + 1 : verb + 4]:
            continue  # "Ann Poe told me, and I wrote it down"
        if page.lower[phrase.start] in OWN:
            # "I wrote in May:" quotes the author's earlier self, "I would say:" nobody.
            if page.lower[verb] in _SAID_BEFORE and not has_any(page.lower[group:verb], lexicon.AUXILIARIES - _PERFECT):
                return Introduction(phrase, (group, verb + 1), 3)
            best = best or Introduction(None, (group, verb + 1), 0 if page.lower[verb] in QUOTING else -3)
            continue
        made = Introduction(phrase, (group, verb + 1), 3 if phrase.kind in ("name", "role", "pronoun", "relative") else 2)
        if phrase.kind in ("name", "role", "pronoun"):
            return made
        best = made if best is None or best.score < made.score else best
    if best is None and ends_in_colon and last - first <= 8:
        phrase = subject_after(page, first, last + 1)
        if phrase is not None and phrase.end == last and phrase.kind == "name" and phrase.score > 8000 and last - first > 1:
            return Introduction(phrase, (last, last + 1), 2)  # "The Harbour Society:"
    return best
