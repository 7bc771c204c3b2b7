"""Marks around words that nobody is quoted with: scare quotes, titles of works, words spoken of as words."""

from __future__ import annotations

from firstsaid.model import ScareQuote
from firstsaid.parsing import lexicon
from firstsaid.parsing.marked.direct import looks_like_title
from firstsaid.parsing.marked.fragments import cue_left_of, is_named_by
from firstsaid.parsing.statements import Statement, trimmed
from firstsaid.parsing.structure import Page

_WORD_NOUNS = lexicon.word_set(
    """
    word words term terms phrase phrases expression name nickname label called named known dubbed nicknamed termed means meaning meant
    spelled spelt pronounced wort begriff namens mot terme palabra término so-called sogenannte sogenannten slogan hashtag code-named
    """
)
MIN_UNSPACED = 6  # characters of Chinese or Japanese that make a statement; shorter ones are terms
MAX_SCARE_WORDS = 6  # longer words between marks, without a speaker, are somebody's words


def find_uses(page: Page, statements: list[Statement]) -> tuple[list[ScareQuote], list[int]]:
    """The pairs that are no statement, with their use; and the outer pairs that look like one although nobody was found who says it."""
    taken = {pair for statement in statements for pair in statement.pairs}
    stretches = sorted(piece for statement in statements for piece in statement.pieces)
    found: list[ScareQuote] = []
    unattributed: list[int] = []
    at = 0
    reach = 0  # the farthest end of a statement's piece that began before the pair
    for index, pair in enumerate(page.outer):
        while at < len(stretches) and stretches[at][0] <= pair.open:
            reach = max(reach, stretches[at][1])
            at += 1
        start, end = trimmed(page.text, pair.start, pair.end)
        if index in taken or start >= end:
            continue
        is_inside = pair.open < reach
        use = use_of(page, pair.open, start, end, pair.is_title_mark)
        if use == "statement" and not pair.is_closed:
            continue
        if use in ("scare", "word") and not is_inside and page.is_essay and is_named_by(page, pair.open):
            use = "statement"
        if use == "statement" and not is_inside:
            unattributed.append(index)
        elif (
            use == "scare" and not is_inside and end - start >= 18 and page.text.count(" ", start, end) > 2 and cue_left_of(page, pair.open)
        ):
            unattributed.append(index)  # as Poe wrote, “a gamble with other people's roofs”
        elif use != "statement":
            found.append(ScareQuote("", start, end, use))
    return found, unattributed


def use_of(page: Page, mark: int, start: int, end: int, is_title_mark: bool = False) -> str:
    """What the words `start`..`end` behind the mark at `mark` are: title, word, scare, or statement."""
    content = page.text[start:end]
    words = content.split()
    if (
        not content.isascii()
        and len(words) <= len(content) // 8 + 1
        and any("\u3040" <= character <= "\u9fff" for character in content[:20])
    ):
        return "title" if is_title_mark else "statement" if len(content) >= MIN_UNSPACED else "scare"
    token = page.tokens_before(mark)
    before = [page.lower[at] for at in range(max(0, token - 3), token)]
    if is_title_mark:
        return "title"
    if before and (before[-1] in _WORD_NOUNS or (len(before) > 1 and before[-1] in ("as", "a", "the", ",") and before[-2] in _WORD_NOUNS)):
        return "word" if len(words) <= MAX_SCARE_WORDS else "statement"
    if len(words) <= 14 and any(word in lexicon.WORK_NOUNS for word in before[-2:]):
        return "title"
    if len(words) > 1 and looks_like_title(content) and not content.endswith((".", ",", "!")):
        return "title"
    begins_sentence = content[0].isupper() or not content[0].isascii()
    if len(words) <= MAX_SCARE_WORDS and not (begins_sentence and len(words) > 2 and content.endswith((".", "!", "?", "…"))):
        return "title" if len(words) > 1 and looks_like_title(content) else "scare"
    return "statement"
