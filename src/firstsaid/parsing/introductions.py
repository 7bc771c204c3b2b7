"""What introduces words of another without marks: "X writes:", "Wrote the Society:", "The passage runs as follows.", and whose they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from firstsaid.parsing import lexicon
from firstsaid.parsing.grammars import grammar
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.speakers import Phrase
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.subject_of_cue import first_subject, subject_after, subject_before

MAX_SENTENCE_TOKENS = 60  # how far before the colon its cue may stand
_COLONS = (":", "：")
# What hangs behind the colon or before it without meaning anything here: footnote markers, brackets, closing marks.
_SOFT_END = frozenset(')]*_”"»’')
_TEXT_NOUNS = lexicon.word_set(
    """
    word words passage passages paragraph paragraphs sentence sentences statement letter letters diary note notes reply answer speech text
    excerpt extract line lines verse stanza quote quotation quotations description account remark remarks observation preface abstract
    foreword epigraph circular memo memorandum email e-mail message post article essay entry entries chapter rule notice clause
    confession explanation definition testimony summary version voice caption inscription instruction instructions prayer poem comment
    comments bit part section page announcement license abstract prompt caveat lede gloss aphorism tweet blurb
    motto credo oath vow thought thoughts
    """
)
_PRESENTING = lexicon.word_set(
    """
    published publishes posted posts
        goes runs run reads read begins began opens opened ends ended continues continued went puts put prints printed gives gave has
    explained explains concludes concluded sums summed reproduces reproduced quotes quoted cites cited copied copies captures captured
    follows following argues describes described offers offered answers answered recalls recalled remembers complains defines defined
    """
)
_PRESENTING_OTHERS = lexicon.word_set(
    "prints printed gives gave quotes quoted cites cited reproduces reproduced copied copies share shares"
)
_HERE = re.compile(
    r"(?:here(?:['’]s| is| are| he| she| they| was)\b|this is (?:how|what|from)\b|take (?:this|these)\b|consider\b|listen to\b)",
    re.IGNORECASE,
)
_LIST_NOUNS = lexicon.word_set(
    """
    reasons things points questions steps options examples ways rules problems kinds types items features tips cases goals lessons facts
    categories principles factors conclusions choices topics links ideas changes
    """
)
_LISTING = lexicon.word_set("as include includes included including are is were be namely like with require requires inputs")
_EDITORIAL = re.compile(
    r"[\[(](?:our|my|the author['’]s|emphasis|emphases|machine|translat|italics|bold|sic)[^\])]{0,60}[\])]", re.IGNORECASE
)
_OWN = frozenset(
    ("i", "we", "ich", "wir", "je", "nous", "yo", "nosotros", "i'd", "i’d", "i'll", "i’ll", "we'll", "i'm", "i’m", "i've", "i’ve")
)
_SAID_BEFORE = lexicon.word_set(
    "wrote written said noted put argued posted tweeted told replied answered asked sent schrieb geschrieben écrit escribí"
)
_PERFECT = frozenset(("have", "had", "has"))
_QUOTING = lexicon.word_set("quote quoting quoted cite citing cited copy copied copying")
MIN_SCORE = 2  # one sure sign (a cue with its speaker, a noun that names a text) or two weak ones
MIN_SCORE_ESSAY = 1  # in essays a name and a colon at a paragraph's end are enough: 8 of 10 such paragraphs of a public blog quote


@dataclass(frozen=True, slots=True)
class Introduction:
    """An introduction: who is introduced, the tokens of the cue if there is one, and how much speaks for it (see `MIN_SCORE`)."""

    speaker: Phrase | None
    cue: tuple[int, int] | None
    score: int


def introduction_of(page: Page, cues: dict[str, Cue], unit: int, is_marked: bool) -> Introduction | None:
    """The introduction that a paragraph's last sentence is; None where it introduces nothing. `is_marked`: a quote follows by layout."""
    first, end = page.units[unit]
    last = end - 1
    while last > first and (page.lower[last] in _SOFT_END or (page.lower[last].isdigit() and page.lower[last - 1] in _COLONS)):
        last -= 1
    closing = page.lower[last]
    has_colon = closing in _COLONS
    breaks_off = closing in ("that", "dass", "que", "che") or (closing == "," and page.lower[last - 1] in cues)
    first = max(first, last - MAX_SENTENCE_TOKENS)
    lower = page.lower[first:last]
    is_stopped = closing == "." and ("follows" in lower[-3:] or (_has(lower, _TEXT_NOUNS) and "the following" in " ".join(lower[-6:])))
    if not (is_marked or has_colon or breaks_off or is_stopped) or page.pair_of[last] != NO_PAIR:
        return None
    found = _agent(page, first, last) or _by_cue(page, cues, first, last, has_colon)
    if breaks_off and not has_colon:
        return found
    score = found.score if found is not None else 0
    score += 4 if _EDITORIAL.search(page.text[page.starts[first] : page.ends[end - 1]][-80:]) else 0
    score += 2 if _has(lower, _TEXT_NOUNS) else 0
    score += 1 if _has(lower, _PRESENTING) else 0
    score += 2 if _HERE.match(page.text, page.starts[first]) else 0
    score += 2 if is_stopped else 0
    if lower[-1:] and lower[-1] in _LISTING:
        score -= 2
    if _has(lower, _LIST_NOUNS) and (found is None or found.score < 3):
        score -= 3
    speaker = found.speaker if found is not None else None
    if speaker is None and (presenter := _presenter(page, first, last)) is not None:
        is_bare = page.lower[presenter.end - 1] in _TEXT_NOUNS  # "the passage": whose it is stands before
        speaker = (_named(page, unit, first, last, None) if is_bare else None) or presenter
        score += 2
    elif speaker is None or (found is not None and found.score < 0) or _has(lower[-8:], _PRESENTING_OTHERS):
        speaker = _named(page, unit, first, last, speaker)
        score += speaker is not None
    if page.lower[first] in _OWN and not _has(lower, _QUOTING | _TEXT_NOUNS) and not (found and found.score >= 3):
        score -= 2
    if speaker is not None and page.lower[speaker.start] in _HE_SHE:
        speaker = _antecedent(page, unit) or speaker
    return Introduction(speaker, found.cue if found is not None else None, score)


def _antecedent(page: Page, unit: int) -> Phrase | None:
    """Whom "he" or "she" means: the name that opens the nearest sentence before, for subjects go on (Grosz et al., centering)."""
    for number in range(unit - 1, max(-1, unit - 5), -1):
        first, end = page.units[number]
        names = _names(page, first, min(end, first + 8))
        if names and names[0].start <= first + 3 and not _is_owner(page, names[0].end - 1):
            return names[0]
    return None


_HE_SHE = lexicon.word_set("he she er sie il elle él ella")


def unannounced(page: Page, cues: dict[str, Cue], unit: int) -> Introduction | None:
    """A paragraph that ends with a full stop and speaks of words that are read, written or printed ("She prints a whole page of it").

    Its score counts only what it says itself; what follows must show another voice, and the author's after it.
    """
    first, end = page.units[unit]
    if page.lower[end - 1] not in (".", "!") or end - first < 3:
        return None
    score = 3 * _has(page.lower[first:end], _HANDING_ON)
    if not score or any(page.pair_of[token] != NO_PAIR for token in range(end - 3, end)):
        return None
    found = _by_cue(page, cues, first, end - 1, False)
    speaker = (
        found.speaker
        if found is not None and found.score >= 3 and page.lower[found.speaker.start if found.speaker else first] not in _OWN
        else None
    )
    return Introduction(speaker or _named(page, unit, first, end - 1, None), found.cue if found and speaker else None, score)


_HANDING_ON = lexicon.word_set(
    """
    read reads quote quoting print prints printed copied transcribe transcribed reproduce reproduces recite recited recites verbatim
    unabridged dictated verlesen liest druckt zitiert abdrucken lit imprime cite recopie lee leyó imprime copio
    """
)


def _presenter(page: Page, first: int, last: int) -> Phrase | None:
    """The text that presents itself: "The review goes on:", "the company's “privacy promise” says:", "it runs:"."""
    for verb in range(last - 1, first, -1):
        is_verb = page.lower[verb] in _RUNNING or page.lower[verb] in ("says", "say", "said", "explains", "states", "puts")
        if not is_verb or page.pair_of[verb] != NO_PAIR:
            continue
        before = verb - 1
        if (pair := page.pair_of[before]) != NO_PAIR:
            opening = before
            while opening > first and page.pair_of[opening - 1] == pair:
                opening -= 1
            start = opening
            while (
                start > first
                and (page.words[start - 1][0].isalnum() or page.lower[start - 1] in "’'")
                and page.lower[start - 1] not in _BOUNDS
            ):
                start -= 1
            return Phrase(start, verb, "name", 6000)
        phrase, _ = subject_before(page, verb, first)
        if phrase is not None and phrase.kind in ("name", "role") and page.lower[phrase.start] not in _OWN:
            return phrase
        if (
            phrase is not None
            and phrase.kind == "other"
            and _has(page.lower[phrase.start : phrase.end], _TEXT_NOUNS | lexicon.WORK_NOUNS | lexicon.ROLES)
        ):
            return phrase
    return None


_RUNNING = lexicon.word_set("goes runs reads begins opens ends continues went ran began opened ended continued concludes concluded")
_BOUNDS = lexicon.word_set("but and so then while that because though although as when if yet")


def _has(lower: list[str], words: frozenset[str]) -> bool:
    return any(word in words for word in lower)


def _by_cue(page: Page, cues: dict[str, Cue], first: int, last: int, has_colon: bool) -> Introduction | None:
    """The nearest verb of saying or asking before the colon, with its subject."""
    best: Introduction | None = None
    for verb in range(last - 1, first - 1, -1):
        cue = cues.get(page.lower[verb]) if page.pair_of[verb] == NO_PAIR else None
        if cue is None or cue.act not in ("say", "ask", "think") or cue.form == "adjective":
            continue
        if page.words[verb][0].isupper() and verb > first:
            continue
        inverted = subject_after(page, verb + 1, last + 1)
        if verb == first:
            if inverted is not None and cue.form != "participle":
                return Introduction(inverted, (verb, verb + 1), 4)  # "Wrote the Society:"
            continue
        if (
            cue.form == "base"
            and page.language == "en"
            and page.lower[verb - 1] not in ("to", "do", "did", "does", "i", "we", "they", "would", "could")
        ):
            continue
        phrase, group = subject_before(page, verb, first)
        if phrase is None and cue.form == "participle":
            phrase = first_subject(page, cues, first, verb)
        if phrase is None and cue.form == "finite":
            phrase = inverted
        if phrase is None and has_colon and page.language in ("es", "it", "pt"):
            best = best or Introduction(None, (verb, verb + 1), 3)  # "Decía así:"
        if phrase is None or phrase.score < 1500 or (page.lower[phrase.start] == "it" and cue.act == "think"):
            continue
        if page.lower[phrase.start] in _OWN:
            # "I wrote in May:" quotes the author's earlier self, "I would say:" nobody.
            if page.lower[verb] in _SAID_BEFORE and not _has(page.lower[group:verb], lexicon.AUXILIARIES - _PERFECT):
                return Introduction(phrase, (group, verb + 1), 3)
            best = best or Introduction(None, (group, verb + 1), 0 if page.lower[verb] in _QUOTING else -3)
            continue
        made = Introduction(phrase, (group, verb + 1), 3 if phrase.kind in ("name", "role", "pronoun", "relative") else 2)
        if phrase.kind in ("name", "role", "pronoun"):
            return made
        best = made if best is None or best.score < made.score else best
    if best is None and has_colon and last - first <= 8:
        phrase = subject_after(page, first, last + 1)
        if phrase is not None and phrase.end == last and phrase.kind == "name" and phrase.score > 8000 and last - first > 1:
            return Introduction(phrase, (last, last + 1), 2)  # "The Harbour Society:"
    return best


def _agent(page: Page, first: int, last: int) -> Introduction | None:
    """Who is named behind "by" after a participle: "was set out by its secretary, Miss Edda Rook,"."""
    if page.language != "en":
        return None
    for at in range(last - 1, first + 1, -1):
        if page.lower[at] != "by" or page.pair_of[at] != NO_PAIR:
            continue
        verb = next((token for token in (at - 1, at - 2) if token > first and _is_participle(page.lower[token])), None)
        if verb is None:
            continue
        phrase = subject_after(page, at + 1, last + 1)
        if phrase is not None and phrase.kind in ("name", "role"):
            end = phrase.end
            if end + 1 < last and page.lower[end] == "," and page.words[end + 1][0].isupper() and phrase.kind == "role":
                named = subject_after(page, end + 1, last + 1)
                phrase = Phrase(phrase.start, named.end, "role", 7500) if named is not None else phrase
            return Introduction(phrase, (verb, at + 1), 2)
    return None


def _is_participle(word: str) -> bool:
    return word.endswith("ed") or word in (
        "set",
        "put",
        "written",
        "given",
        "said",
        "sent",
        "told",
        "sung",
        "drawn",
        "laid",
        "read",
        "spoken",
    )


def presented_by(page: Page, unit: int, first: int, last: int) -> Phrase | None:
    """Who speaks behind a colon that no verb of saying stands before: "He makes the point on page 3:", "From Lund's diary:"."""
    return _presenter(page, first, last) or _named(page, unit, first, last, None)


def named_before(page: Page, unit: int, mark: int) -> Phrase | None:
    """The owner or the name nearest on the left of the mark at token `mark` in its sentence: in Ostrander's phrase, “...”."""
    first = page.units[unit][0]
    names = [name for name in _names(page, max(first, mark - MAX_SENTENCE_TOKENS), mark) if page.lower[name.start] not in _OWN]
    owners = [name for name in names if _is_owner(page, name.end - 1)]
    return owners[-1] if owners else names[0] if len(names) == 1 else None


def _named(page: Page, unit: int, first: int, last: int, known: Phrase | None) -> Phrase | None:
    """Whose the text is that a sentence presents: an owner ("Lund's letter"), a name, "he"; looked for in up to three sentences."""
    for number in range(unit, max(-1, unit - 3), -1):
        low, high = (first, last) if number == unit else page.units[number]
        if number < unit and page.paragraph_of_unit[number] != page.paragraph_of_unit[unit]:
            break
        names = _names(page, low, high)
        owners = [name for name in names if page.lower[name.end - 1].endswith(("'s", "’s")) or page.lower[name.end : name.end + 1] == ["’"]]
        if owners:
            return owners[-1]
        pronoun = next((at for at in range(low, high) if page.lower[at] in _HE_SHE), None)
        if names and (pronoun is None or names[-1].start > pronoun or _has(page.lower[low:high], _PRESENTING_OTHERS)):
            return names[-1] if _has(page.lower[low:high], _PRESENTING_OTHERS) else names[0]
        if pronoun is not None:
            return Phrase(pronoun, pronoun + 1, "pronoun", 6000)
        if known is not None and number == unit and known.kind != "pronoun":
            return known
    return known


def _names(page: Page, low: int, high: int) -> list[Phrase]:
    """Runs of capitalised words outside marks that do not only open the sentence."""
    found: list[Phrase] = []
    at = low
    while at < high:
        if not _is_name_word(page, at) or (at == low and not (at + 1 < high and _is_name_word(page, at + 1)) and not _is_owner(page, at)):
            at += 1
            continue
        end = at + 1
        while end < high and (
            _is_name_word(page, end) or (page.lower[end] in _PARTICLES and end + 1 < high and _is_name_word(page, end + 1))
        ):
            end += 1
        if not (at > low and page.lower[at - 1] in ("in", "at", "on", "to", "near") and end - at == 1):
            found.append(Phrase(at, end, "name", 7000))
        at = end
    return found


_PARTICLES = lexicon.word_set("of de la von van der den del da bin al")


def _is_owner(page: Page, token: int) -> bool:
    return page.lower[token].endswith(("'s", "’s"))


def _is_name_word(page: Page, token: int) -> bool:
    word = page.words[token]
    small = lexicon.SMALL_CLASSES | lexicon.TIME_WORDS | lexicon.OPENING_ADVERBS
    return (
        word[0].isupper() and page.pair_of[token] == NO_PAIR and page.lower[token] not in small
        and page.lower[token] not in grammar(page.language or "en").determiners and not (len(word) == 1 and word in "IA")
    )  # fmt: skip
