"""Words with a capital that a text does not use as names: adjectives before a noun, labels of an interview, parts of a text by number."""

from __future__ import annotations

import re
from collections import Counter

from firstsaid.parsing import lexicon
from firstsaid.parsing.naming.name_spans import NameSpan
from firstsaid.parsing.structure import Page

_ADJECTIVE = re.compile(r"[^\W\d_]{2,}(?:ian|ean|can|ban|man|ghan|ese|ish|ic|gali|mali|pali|stani|wani|raqi)")
"""The forms of most words that are made from names of places and peoples: "Norlandish", "Norlandese"."""
_PART = lexicon.word_set(
    """
    table figure fig section chapter article part annex appendix exhibit item page volume paragraph clause schedule box chart map note line
    tableau figure chapitre annexe tabla capítulo sección anexo tabelle abbildung kapitel abschnitt anhang seite
    """
)
"""What a text numbers: "Table 2", "Annex B" point to a place in it and name nobody."""
_NUMBER = re.compile(r"\d[\d.]*|[IVXLC]+|[A-Z]")
MAX_LABEL_CHARS = 3
MIN_LABELS = 3
"""An interviewer's initials are two or three capitals, and begin a line each time: "HB: And then?"."""


def without_other_uses(page: Page, spans: list[NameSpan]) -> list[NameSpan]:
    """The spans without words that the text mostly uses as adjectives ("Norlandish officials"), labels of an interview, and "Table 2"."""
    spans = [span for span in spans if not _is_numbered_part(page, span)]
    n_of: Counter[str] = Counter()
    n_before_noun: Counter[str] = Counter()
    n_labels: Counter[str] = Counter()
    last_words = {span.words[-1] for span in spans if len(span.words) > 1}  # "Ann Christian": a surname too
    for span in spans:
        if len(span.words) > 1 or span.title or span.words[0] in last_words:
            continue
        n_of[span.surface] += 1
        if page.language in ("en", None) and _ADJECTIVE.fullmatch(span.surface):
            n_before_noun[span.surface] += _stands_before_noun(page, span)
        elif len(span.surface) <= MAX_LABEL_CHARS and span.surface.isupper():
            n_labels[span.surface] += _is_label(page, span)
    dropped = {word for word, n in n_before_noun.items() if 2 * n >= n_of[word] and n}
    dropped |= {word for word, n in n_labels.items() if n >= MIN_LABELS and 10 * n >= 9 * n_of[word]}
    return [span for span in spans if span.title or span.surface not in dropped] if dropped else spans


def _is_numbered_part(page: Page, span: NameSpan) -> bool:
    """Whether it is "Table", "Annex B" and the like with a number."""
    if span.title or page.lower[span.first] not in _PART:
        return False
    follows = page.words[span.first + 1] if span.first + 1 < len(page.words) else ""
    return len(span.words) <= 2 and span.last <= span.first + 2 and _NUMBER.fullmatch(follows) is not None


def _stands_before_noun(page: Page, span: NameSpan) -> bool:
    """Whether a word in lower case that is likely a noun or another adjective follows the name without a sign between."""
    if span.last >= len(page.words) or page.text[span.stop : page.starts[span.last]].strip():
        return page.text[span.stop : span.stop + 1] in ("-", "–") and span.stop < page.ends[span.last - 1]
    word = page.lower[span.last]
    if not page.words[span.last][0].islower() or page.words[span.last - 1][-2:] in ("'s", "’s"):
        return False
    if word in lexicon.SMALL_CLASSES or word in lexicon.WORK_NOUNS:  # "the Norlandian newspaper" is its name
        return False
    return word not in lexicon.cues("en") and word not in lexicon.COMMON_VERBS and word[-2:] != "ed"


def _is_label(page: Page, span: NameSpan) -> bool:
    """Whether the name stands alone in brackets or before a colon, at the beginning of its line."""
    start = page.starts[span.first]
    before = page.text[max(0, start - MAX_LABEL_CHARS) : start].rsplit("\n", 1)
    at_line = start <= MAX_LABEL_CHARS or len(before) > 1 or before[0].endswith(("((", "[["))
    return at_line and not before[-1].strip(" ([*•") and page.text[span.stop : span.stop + 1] in (":", ")", "]")
