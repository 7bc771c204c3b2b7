"""The small words around cues in languages other than English, read from cues/*.txt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

ACTS = ("say", "ask", "think", "judge")


@dataclass(frozen=True, slots=True)
class Grammar:
    """Word classes of one language, lower case.

    `according`: word sequences that stand before a speaker ("nach angaben von"), the longest first; `according_quoted` those that may
    also follow a quotation; `according_behind` those that stand behind the speaker ("zufolge"). `conjunctions` open a reported clause.
    `links` may stand inside a name or phrase, `stops` end it. `auxiliaries` stand between a subject and its cue without being either.
    `as_words` open "as X writes, ...". `offices` begin a title and no
    name, in scripts without capitals.
    """

    according: tuple[tuple[str, ...], ...] = ()
    according_quoted: tuple[tuple[str, ...], ...] = ()
    according_behind: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    stops: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    as_words: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()


def listing(language: str) -> str:
    """The word lists of one language as they stand in its file."""
    return resources.files("firstsaid.parsing").joinpath(f"cues/{language}.txt").read_text("utf-8")


def sections(language: str) -> list[tuple[str, str]]:
    """(section, line) of every line of a listing that is neither empty nor a comment."""
    found: list[tuple[str, str]] = []
    section = "say"
    for line in listing(language).splitlines():
        line = line.partition("#")[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
        elif line:
            found.append((section, line))
    return found


@cache
def grammar(language: str) -> Grammar:
    """The small words of one language; empty for English, whose own stand in `lexicon`, and for none ("")."""
    if not language:
        return Grammar()
    words: dict[str, list[str]] = {}
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for section, line in sections(language):
        words.setdefault(section, []).extend(line.split())
        phrases.setdefault(section, []).extend(tuple(phrase.split()) for phrase in line.split("|"))

    def longest_first(section: str) -> tuple[tuple[str, ...], ...]:
        return tuple(sorted(set(phrases.get(section, ())), key=lambda phrase: (-len(phrase), phrase)))

    def words_of(section: str) -> frozenset[str]:
        return frozenset(words.get(section, ()))

    return Grammar(
        longest_first("according"), longest_first("according quoted"), words_of("according behind"), words_of("conjunction"),
        words_of("pronoun"), words_of("determiner"), words_of("link"), words_of("stop"), words_of("auxiliary"), words_of("time"),
        words_of("as"), words_of("office"),
    )  # fmt: skip
