"""What an essay's author says himself is no quotation, whatever verb he says it with: "I would say that", "one might think", "you ask"."""

from __future__ import annotations

from firstsaid.parsing import lexicon
from firstsaid.parsing.statements import Statement
from firstsaid.parsing.structure import Page

_NOBODY = lexicon.word_set(
    """
    i we you one it this that there who which what nobody everybody everyone anybody anyone somebody someone people many most some none
    others another few all i'm i’m i'd i’d i'll i’ll i've i’ve we'd we’d we've we’ve you'd you’d it's it’s
    ich wir man du ihr es wer jeder niemand viele manche je j' nous on tu vous qui personne yo nosotros tú uno quien nadie
    """
)
_VAGUE_OPENERS = lexicon.word_set("some most many any no every other few all several certain")


def is_own(page: Page, statement: Statement) -> bool:
    """Whether a reported statement of an essay is its author's own thought, or nobody's. Words between marks alone never are."""
    if not page.is_essay or statement.form not in ("indirect", "mixed"):
        return False
    if statement.speaker is None:
        return statement.form == "indirect"
    first = page.token_at(statement.speaker[0])
    n_tokens = page.tokens_before(statement.speaker[1]) - first
    word = page.lower[first]
    return (n_tokens == 1 and word in _NOBODY) or (n_tokens <= 2 and word in _VAGUE_OPENERS)
