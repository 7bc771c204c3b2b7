"""What a full sentence shows of whether it introduces words of another: "Her diary tells it this way.", "Here is the passage."."""

from __future__ import annotations

from itertools import pairwise

from firstsaid.parsing import lexicon
from firstsaid.parsing.blocks.introductions import HANDING_ON, PRESENTING, QUOTING
from firstsaid.parsing.blocks.manners import Manner
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who.subject_of_cue import subject_after, subject_before
from firstsaid.parsing.who.whose_words import HE_SHE, MAX_SENTENCE_TOKENS, OWN, has_any

_POINTERS = lexicon.word_set("this these that those following here one another same such so thus below how way")
_WHOLE = lexicon.word_set("full entire entirely entirety length verbatim whole complete own exact exactly literally letter")
_TEXTS = lexicon.TEXT_NOUNS | lexicon.WORK_NOUNS | lexicon.OWN_TEXTS | lexicon.TEXTS_OF_ONE
_GIVING = (
    HANDING_ON
    | QUOTING
    | lexicon.word_set(
        """
        give gives gave set sets share shares shared let cite cites excerpt add adds append here's offer offers offered consider take note
        reproduce reproduced present presents listen hear see look recall remember ask asks copy translate translated
        """
    )
)
_THIS = lexicon.word_set("this these here there that those it hier dies voici este")
_BE = lexicon.word_set("is are was were comes came ist sind es")
_RUNNING = lexicon.word_set(
    "goes continues continued went adds added resumes resumed further concludes concluded fährt fort poursuit continúa ends begins began"
)
_REPLYING = lexicon.word_set(
    "replied replies answered answers responded responds retorted countered rejoined reply answer response antwort réponse respuesta"
)
_US = lexicon.word_set("me us mir uns")
_WRITING = lexicon.word_set("wrote writes written write schrieb schreibt écrit escribe escribió noted notes recorded records")
_PARTS = lexicon.word_set(
    "page chapter paragraph passage section clause lines line sentence article volume column preface stelle absatz pasaje"
)
_BEST = lexicon.word_set("best better well worth clearer plainer blunter shorter")
_NOT = lexicon.word_set("not never no nothing nobody cannot can't don't didn't doesn't isn't n't")
_MIGHT = lexicon.word_set("would could might may should must")
_FREE = lexicon.word_set("it this thus so as here again later further then what also , (")
"""What may follow a verb of saying that still waits for its words: "wrote in 1907", "tells it this way"."""
_SMALL_FRAME = 10  # tokens of a sentence that says no more than that somebody goes on
_WORDS_READ = 30  # tokens of the sentence whose small words are signs


def of_sentence(page: Page, cues: dict[str, Cue], index: int, unit: int) -> dict[str, float]:
    """Signs of sentence `unit`, the last of paragraph `index`, that have their own names; most are 0 or 1."""
    first, last = _span(page, unit)
    lower = page.lower[first:last]
    closing = page.text[page.paragraphs[index][1] - 1]
    has_own, has_text, gives = has_any(lower, OWN), has_any(lower, _TEXTS), has_any(lower, _GIVING)
    has_capital = any(page.words[token][0].isupper() for token in range(first + 1, last))
    signs = {
        "ends open": closing.isalnum(), "ends on a comma": closing == ",", "ends on a dash": closing in "—–-",
        "ends asking": closing == "?", "ends trailing": closing == "…", "ends in a bracket": closing in ")]",
        "ends in marks": closing in "\"”’»'", "ends exclaiming": closing == "!",
        "points": has_any(lower[-6:], _POINTERS), "points at a text": any(a in _POINTERS and b in _TEXTS for a, b in pairwise(lower)),
        "whole": has_any(lower, _WHOLE), "ends on a text": has_any(lower[-1:], _TEXTS), "text late": has_any(lower[-5:], _TEXTS),
        "I give": has_own and gives, "gives a text": has_text and (gives or has_any(lower, PRESENTING)),
        "ends on a name": last > first and page.words[last - 1][0].isupper(),
        "ends on a year": last > first and page.lower[last - 1].isdigit(),
        "brief clause": last - first <= 7 and (has_capital or has_any(lower, HE_SHE)),
        "this is": has_any(lower[:1], _THIS) and has_any(lower[1:4], _BE),
        "what is": lower[:1] == ["what"] and has_any(lower[-3:], _BE | _THIS),
        "runs on": last - first <= _SMALL_FRAME and has_any(lower, _RUNNING), "replies": has_any(lower, _REPLYING),
        "a text first": has_any(lower[:5], _TEXTS),
        "to us": has_any(lower, _US) and any(word in cues and cues[word].act == "say" for word in lower),
        "written down": "down" in lower and has_any(lower, _WRITING), "writes": has_any(lower, _WRITING),
        "part of a text": has_any(lower, _PARTS), "best": has_any(lower, _BEST),
        "negated": has_any(lower, _NOT), "supposed": has_any(lower, _MIGHT),
    }  # fmt: skip
    return {name: float(value) for name, value in signs.items()} | _of_open_cue(page, cues, first, last)


def _span(page: Page, unit: int) -> tuple[int, int]:
    """The tokens of a sentence without its closing signs, at most `MAX_SENTENCE_TOKENS`."""
    first, last = page.units[unit]
    first = max(first, last - MAX_SENTENCE_TOKENS)
    while last > first and not page.words[last - 1][0].isalnum():
        last -= 1
    return first, last


def _of_open_cue(page: Page, cues: dict[str, Cue], first: int, last: int) -> dict[str, float]:
    """Whether the last verb of saying still waits for what is said: "wrote in 1907", "writes that", "Said the old man"."""
    signs = {"open cue": 0.0, "open cue of a name": 0.0, "open cue of him": 0.0}
    for verb in range(last - 1, first, -1):
        cue = cues.get(page.lower[verb])
        if cue is None or cue.act not in ("say", "ask") or cue.form != "finite" or page.pair_of[verb] != NO_PAIR:
            continue
        rest = page.lower[verb + 1 : last]
        if rest[:1] == ["that"]:
            if len(rest) > 1:
                break
            rest = []
        is_open = not rest or rest[0] in lexicon.PREPOSITIONS | lexicon.TIME_WORDS | _FREE or rest[0].endswith("ly")
        subject = subject_before(page, verb, first)[0]
        if subject is None and rest:
            subject = subject_after(page, verb + 1, last)
            is_open = is_open or (subject is not None and (subject.end >= last or page.lower[subject.end] in lexicon.PREPOSITIONS | {","}))
        if is_open and subject is not None and page.lower[subject.start] not in OWN:
            is_him = subject.kind in ("pronoun", "relative")
            signs = {"open cue": 1.0, "open cue of a name": float(subject.kind in ("name", "role")), "open cue of him": float(is_him)}
        break
    opening = cues.get(page.lower[first]) if last > first else None
    if opening is not None and opening.act == "say" and opening.form == "finite":
        signs["verb first"] = float(subject_after(page, first + 1, last) is not None)
    return signs


def around(manners: list[Manner], index: int) -> dict[str, float]:
    """How the paragraph behind `index` differs from those before and after it, which go on with each other where it is another's."""
    if index + 2 >= len(manners):
        return {}
    before, block, after = manners[index : index + 3]
    thread = (before.words & after.words) - block.words
    unlike_past = min(abs(block.past - before.past), abs(block.past - after.past))
    return {
        "thread": min(1.0, len(thread) / max(5, min(len(before.words), len(after.words)))),
        "thread of the block": min(1.0, len(block.words & after.words) / max(5, min(len(block.words), len(after.words)))),
        "thread into the block": min(1.0, len(block.words & before.words) / max(5, min(len(block.words), len(before.words)))),
        "persons unlike both": float(((block.persons ^ before.persons) & (block.persons ^ after.persons)).bit_count()),
        "habits unlike both": min(4.0, float(((block.habits ^ before.habits) & (block.habits ^ after.habits)).bit_count())),
        "past unlike both": min(1.0, 5 * unlike_past),
        "length unlike both": min(1.5, abs(block.length - before.length), abs(block.length - after.length)),
    }


def small_words_of(page: Page, unit: int) -> dict[str, float]:
    """The words of the sentence that have no capital ("w writes"), its last one ("e that") and its first ("f here"), as signs."""
    first, last = _span(page, unit)
    first = max(first, page.units[unit][1] - _WORDS_READ)
    if first >= last:
        return {}
    read = range(first, last)
    found = {f"w {page.lower[token]}": 1.0 for token in read if page.pair_of[token] == NO_PAIR and page.words[token][0].islower()}
    found[f"w {page.lower[first]}"] = found[f"f {page.lower[first]}"] = 1.0
    if page.words[last - 1][0].islower():
        found[f"e {page.lower[last - 1]}"] = 1.0
    return found


def openings_of(page: Page, manners: list[Manner], index: int) -> dict[str, float]:
    """The first words of the two paragraphs behind `index` ("b my", "a this"), as signs."""
    found = {}
    for step, sign in ((1, "b"), (2, "a")):
        if index + step < len(manners) and manners[index + step].low < manners[index + step].high:
            found[f"{sign} {page.lower[manners[index + step].low]}"] = 1.0
    return found
