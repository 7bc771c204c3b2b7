"""Whether two surface names may be the same speaker. When in doubt: unknown, which never counts as other."""

from __future__ import annotations

from firstsaid.checking.lexicon import ARTICLES, PRONOUNS, SPEAKS_FOR, TITLES
from firstsaid.checking.tokens import keys_of

SAME, OTHER, UNKNOWN = "same", "other", "unknown"


def _bare(name: str) -> str:
    """Without the possessive ending, which the key would join to the name."""
    for ending in ("'s", "’s", "s'", "s’"):
        if name.endswith(ending):
            return name[: -len(ending)] + ("s" if ending[0] == "s" else "")
    return name


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name without titles and roles.

    >>> name_words("Mayor Dr. Anna Lind")
    ('anna', 'lind')
    """
    return tuple(word for word in keys_of(_bare(name.strip())) if word not in TITLES and word not in SPEAKS_FOR)


def is_name(name: str | None) -> bool:
    """Whether this names somebody at all: no pronoun, no bare role ("the mayor"), no lower-case noun ("officials")."""
    if not name:
        return False
    words = keys_of(_bare(name.strip()))
    kept = name_words(name)
    if not kept or all(word in PRONOUNS for word in words):
        return False
    if any(c.isupper() for c in name) and not any(part[:1].isupper() for part in name.split() if name_words(part)):
        return False
    if name == name.lower() and name != name.upper():
        return False
    return not (words[0] in ARTICLES and len(kept) == 1)


def compare_names(left: str | None, right: str | None) -> str:
    """`same`, `other` or `unknown`, by surname, containment and initials; symmetric.

    >>> compare_names("Mayor Anna Lind", "Lind"), compare_names("Anna Lind", "Karl Lind"), compare_names("she", "Lind")
    ('same', 'other', 'unknown')
    """
    if not is_name(left) or not is_name(right):
        return UNKNOWN
    a, b = name_words(left or ""), name_words(right or "")
    if set(a) <= set(b) or set(b) <= set(a):
        return SAME
    if _is_acronym(left or "", b) or _is_acronym(right or "", a):
        return SAME
    if a[-1] == b[-1] and len(a) > 1 and len(b) > 1 and (a[0].startswith(b[0]) or b[0].startswith(a[0])):
        return SAME
    # "Little Anya" and "Anya Petrak" may be one.
    if a[-1] == b[0] or b[-1] == a[0]:
        return UNKNOWN
    if _speaks_for(left or "") != _speaks_for(right or "") and set(a) & set(b):
        return SAME
    return OTHER


def _speaks_for(name: str) -> bool:
    return any(word in SPEAKS_FOR for word in keys_of(name))


def _is_acronym(name: str, words: tuple[str, ...]) -> bool:
    letters = "".join(c for c in name if c.isalpha())
    return 2 <= len(letters) <= 6 and letters.isupper() and len(words) > 1 and letters.lower() == "".join(word[0] for word in words)


def mentions_name(text_keys: frozenset[str] | set[str], name: str | None) -> bool:
    """Whether the last word of the name stands among the keys of a text."""
    words = name_words(name or "")
    return bool(words) and words[-1] in text_keys
