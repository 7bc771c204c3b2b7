"""Who a cue's words belong to, by the parse: the subject, the agent of a passive, the possessor, the noun of a relative clause."""

from __future__ import annotations

from collections.abc import Sequence

from firstsaid.parsing.clauses.options import Pieces, authority_end
from firstsaid.parsing.clauses.traits import subject_of
from firstsaid.parsing.clauses.trees import NO_PAIR, Tree
from firstsaid.parsing.lexicon import cues
from firstsaid.parsing.statements import Stretch, phrase_stretch
from firstsaid.parsing.structure import Page
from firstsaid.parsing.who.speakers import subject_after, subject_before

Named = tuple[int, int, str]
"""Tokens first..end of a speaker, and its kind as in `speakers.Phrase`."""


def speaker_of(tree: Tree, cue: int, content: Pieces) -> Named | None:
    """The speaker's whole noun phrase, without what is stated; None where the sentence names nobody."""
    if tree.lower[cue] == "according":
        end = authority_end(tree, cue)
        return _phrase(tree, cue + 2, end, content) if end > cue + 2 else None
    if tree.words[cue] == ":":
        return _before_colon(tree, cue, content)
    for child in tree.children[cue]:
        if child > cue and (tree.links[child] == "agent" or (tree.lower[child] == "by" and tree.tags[cue] == "VBN")):
            for below in tree.children[child]:
                if tree.links[below] == "pobj" and not any(low <= below < high for low, high in content):
                    return _whole(tree, below, content)
    if tree.tags[cue][0] == "N":
        return _of_noun(tree, cue, content)
    subject, how = subject_of(tree, cue)
    if subject < 0:
        subject, how = _subject_above(tree, cue)
    if subject < 0 or any(low <= subject < high for low, high in content):
        return None
    if how == "mod":
        return _phrase(tree, tree.left[subject], subject + 1, content)
    if tree.links[subject] == "nsubjpass" and how == "own" and tree.tags[cue] == "VBN":
        return None if _is_content_passive(tree, cue) else _whole(tree, subject, content)
    return _whole(tree, subject, content)


_CARRIES = frozenset(("acomp", "oprd", "attr", "aux", "auxpass", "conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep", "dobj", "amod"))


def _subject_above(tree: Tree, cue: int) -> tuple[int, str]:
    """The subject of the nearest verb that carries the cue: "is aware", "has said", "the mood was wary"."""
    token = cue
    for _ in range(4):
        above = tree.head[token]
        if above == token or tree.links[token] not in _CARRIES:
            break
        for child in tree.children[above]:
            if tree.links[child] in ("nsubj", "nsubjpass") and child not in (token, cue):
                return child, "above"
        token = above
    return -1, "none"


def _before_colon(tree: Tree, colon: int, content: Pieces) -> Named | None:
    """Who stands before a colon: the words up to it where they hold no verb ("Poe: ..."), else the subject of the nearest verb."""
    verbs = [token for token in range(colon) if tree.tags[token] in ("VBD", "VBZ", "VBP", "VBN", "VBG")]
    if verbs:
        subject, _ = subject_of(tree, verbs[-1])
        return _whole(tree, subject, content) if 0 <= subject < colon else None
    first = max((token + 1 for token in range(colon) if tree.words[token] in (".", "...", "…", "?", "!")), default=0)
    return _phrase(tree, first, colon, content) if colon - first <= _LONGEST_LABEL else None


_LONGEST_LABEL = 8  # words before a colon that name a speaker: "Poe", "The minister for works"; longer ones are sentences without verb


def _is_content_passive(tree: Tree, cue: int) -> bool:
    """Whether a passive's subject is spoken of, not speaking ("X was described as"); "was told that" has a hearer."""
    return any(tree.links[child] in ("prep", "xcomp", "oprd") for child in tree.children[cue] if child > cue)


def _of_noun(tree: Tree, cue: int, content: Pieces) -> Named | None:
    for child in tree.children[cue]:
        if tree.links[child] == "poss":
            return _phrase(tree, tree.left[child], child + 1, content)
    for child in tree.children[cue]:
        if child > cue and tree.lower[child] in ("by", "from", "of", "among"):
            for below in tree.children[child]:
                if tree.links[below] == "pobj" and not any(low <= below < high for low, high in content):
                    return _whole(tree, below, content)
    above = tree.head[cue]
    if tree.links[cue] not in ("dobj", "attr", "oprd") or tree.tags[above][0] != "V":
        return None
    subject, _ = subject_of(tree, above)
    if subject < 0 or subject == cue or any(low <= subject < high for low, high in content):
        return None
    return _whole(tree, subject, content)


def _whole(tree: Tree, head: int, content: Pieces) -> Named | None:
    return _phrase(tree, tree.left[head], tree.right[head] + 1, content)


def _phrase(tree: Tree, first: int, end: int, content: Pieces) -> Named | None:
    """The tokens without those of the content, without punctuation at their ends; None where nothing is left."""
    for low, high in content:
        if first <= low < end:
            end = low
        elif low <= first < high:
            first = high
    while first < end and not tree.is_word(first):
        first += 1
    while end > first and not (tree.is_word(end - 1) or tree.words[end - 1] == ")"):
        end -= 1
    if first >= end:
        return None
    if end - first > 1 and tree.tags[end - 1] == "POS":
        end -= 1
    return first, end, _kind(tree, first, end)


def _kind(tree: Tree, first: int, end: int) -> str:
    if end - first == 1 and tree.tags[first] in ("PRP", "PRP$"):
        return "pronoun"
    if tree.tags[end - 1] in ("WP", "WDT", "WP$") and end - first == 1:
        return "relative"
    if any(tag.startswith("NNP") for tag in tree.tags[first:end]):
        return "name"
    return "role"


def named_beside(page: Page, tree: Tree, cue: int, pieces: Sequence[Stretch]) -> tuple[Stretch, str] | None:
    """The speaker by capitals and small words, where the parse has none beside a verb of saying: the phrase before it, else after it."""
    token = page.token_at(tree.starts[cue])
    known = cues("en").get(page.lower[token])
    if known is None or known.form != "finite" or tree.tags[cue] == "VBN" or page.pair_of[token] != NO_PAIR:
        return None
    first, end = page.units[max(0, page.unit_at(tree.starts[cue]))]
    phrase, _ = subject_before(page, token, first)
    if phrase is None or phrase.kind == "other":
        phrase = subject_after(page, token + 1, end)
    span = phrase_stretch(page, phrase)
    if phrase is None or span is None or phrase.kind not in ("name", "pronoun", "role"):
        return None
    is_stated = any(start < span[1] and span[0] < stop for start, stop in pieces)
    return None if is_stated else (span, phrase.kind)
