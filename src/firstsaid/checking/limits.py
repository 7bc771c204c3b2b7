"""Limits that a quotation loses though each of its words stands there: behind its end, at an ellipsis, under a bracket."""

from __future__ import annotations

import re

from firstsaid.checking.lexicon import ARTICLES, CONJUNCTIONS, GLUE, NEGATIONS, PRONOUNS, RELATIVE_DAYS
from firstsaid.checking.tokens import keys_of
from firstsaid.wording import differences

_ALWAYS = re.compile(
    r"\b(?:at least|only|except|if|unless|mindestens|nur|höchstens|außer|au moins|seulement|sauf|al menos|solo|sólo|salvo)\b", re.IGNORECASE
)
_BOUND = re.compile(
    r"\b(?:(?:more|less|fewer) than|up to|at most|some of|most of|mehr als|weniger als|plus de|moins de|más de|menos de)\b", re.IGNORECASE
)
_TAIL = re.compile(
    r"[\s,]*((?:this|next|last) (?:year|month|week|season|summer|winter|spring|autumn)|for now|for the moment|so far|as yet|yet|at present|"
    r"in principle|in theory|dieses jahr|in diesem jahr|vorerst|bisher|noch nicht|im prinzip|cette (?:année|saison|semaine)|pour l'instant|"
    r"pour le moment|en principe|este año|por ahora|de momento|en principio)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?][\"'”’»)\]]*\s")
_ABSOLUTE = NEGATIONS | frozenset(("all", "always", "every", "will", "alle", "immer", "wird", "tous", "toujours", "todos", "siempre"))


def limit_behind(quoted: str, base: str, end: int) -> str:
    """A "not" or a limit in time right behind `end`, where the quotation stops; empty where there is none.

    >>> limit_behind("The leaks have", "The leaks have not ended.", 14)
    'not'
    >>> limit_behind("No school will close", "No school will close this year.", 20)
    'this year'
    """
    rest = base[end : end + 60]
    following = re.match(r"\s+([^\W\d_][\w'’]*)", rest)
    if following and keys_of(following.group(1))[:1] and keys_of(following.group(1))[0] in ("not", "never", "nicht", "nie", "pas"):
        return following.group(1)
    tail = _TAIL.match(rest)
    if tail and frozenset(keys_of(quoted)) & _ABSOLUTE:
        return tail.group(1)
    return ""


def lost_at_ellipsis(quoted: str, stretch: str) -> str:
    """What a marked ellipsis swallows that it must not, as a clause for a sentence of why; empty where it is fair.

    A bound ("at least in the towns"), or the end of a sentence whose words then seem to go on with another's: "Children love it.
    Their parents love it less" is not "Children love it … less".

    >>> lost_at_ellipsis("Children love it … less", "Children love it. Their parents love it less")
    'runs two sentences into one'
    """
    if not re.search(r"\.{3}|…|\. \. \.", quoted):
        return ""
    for change in differences(stretch, quoted):
        if not change.left_text or keys_of(change.right_text) or change.kind == "punctuation":
            continue
        left = stretch[change.left_start : change.left_end]
        found = _ALWAYS.search(left)
        before = stretch[max(0, change.left_start - 2) : change.left_start].strip()
        if found is None and before[-1:] not in (",", "–", "—", "(") and not _ENDS.search(left):
            found = _BOUND.search(left)
        if found:
            return f"leaves out “{found.group()}”"
        if _ENDS.search(stretch[max(0, change.left_start - 2) : change.left_end + 1]):
            dropped, resumed = stretch[: change.left_end].rstrip("\"'”’») "), keys_of(stretch[change.left_end : change.left_end + 40])
            is_clause = stretch[change.left_end : change.left_end + 2].strip()[:1] in (",", ";", ":", ".", "!", "?", "–", "—")
            is_clause = is_clause or bool(frozenset(keys_of(dropped[-24:])[-2:]) & CONJUNCTIONS)
            if dropped[-1:] not in ".!?,;:–—" and not is_clause and resumed[:1] and resumed[0] not in CONJUNCTIONS | PRONOUNS | ARTICLES:
                return "runs two sentences into one"
    return ""


def swapped_by_bracket(quoted: str, stretch: str, following: str) -> str:
    """The noun that a bracket stands for though it says something else, with the bracket; empty where brackets explain.

    "[the mayor]" for "she" explains; "[the hall]" for "promises" is another sentence. `following`: the text behind the stretch.
    """
    if "[" not in quoted:
        return ""
    last = re.search(r"\[([^\[\]…]{2,80})\]\W*\Z", quoted)
    if last and not stretch.rstrip().endswith(last.group(1)):
        swapped = _other_noun(re.split(r"[^\w\s]", following, maxsplit=1)[0], last.group(1))
        if swapped:
            return f"has “[{last.group(1)}]” for “{swapped}”"
    for change in differences(stretch, quoted):
        inside = quoted[max(0, change.right_start - 1) : change.right_end + 1]
        if not inside.startswith("[") or not change.left_text:
            continue
        if _other_noun(change.left_text, change.right_text):
            return f"has “[{change.right_text.strip('[]')}]” for “{change.left_text}”"
    return ""


def _other_noun(original: str, bracket: str) -> str:
    """The original words where they have a noun and share none with the bracket; "" where they are a pronoun, a name or a day."""
    words = [word for word in re.findall(r"[^\W\d_]+", original) if keys_of(word)]
    if not words or (len(words) == 1 and len(words[0]) < 4) or keys_of(words[0])[0] in GLUE - ARTICLES:
        return ""
    nouns = [word for word in words if len(word) > 3 and word.islower() and keys_of(word)[0] not in GLUE | RELATIVE_DAYS]
    kept = {key[:4] for key in keys_of(bracket)}
    return original.strip() if nouns and not any(keys_of(word)[0][:4] in kept for word in words) else ""
