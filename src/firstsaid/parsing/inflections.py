"""The forms in which a regular verb of saying stands in reports, by language. Irregular verbs stand with their forms in cues/*.txt."""

from __future__ import annotations

import re
from collections.abc import Callable

_UNPREFIXED = ("be", "er", "ver", "ent", "zer", "ge", "wider", "unter", "kommentier")


def english(lemma: str) -> tuple[tuple[str, str], ...]:
    """The base, third person, past and -ing forms, each with its kind."""
    stem = lemma[:-1] if lemma.endswith("e") else lemma + lemma[-1] if lemma in _DOUBLED else lemma
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return (lemma, "base"), (lemma[:-1] + "ies", "finite"), (lemma[:-1] + "ied", "finite"), (lemma + "ing", "participle")
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    return (lemma, "base"), (third, "finite"), (stem + "ed", "finite"), (stem + "ing", "participle")


_DOUBLED = frozenset(
    [
        "admit",
        "regret",
        "commit",
        "slam",
        "chat",
        "quip",
        "snap",
        "rip",
        "plan",
        "hit",
        "chant",
        "bar",
        "prefer",
        "concur",
        "rebut",
        "tap",
        "drop",
    ]
)


def inflected(language: str, lemma: str) -> tuple[str, ...]:
    """The forms of a regular verb; only the word itself where the language's verbs are listed form by form.

    >>> inflected("de", "an.kündigen")[:4], inflected("fr", "annoncer")[:4]
    (('kündigt', 'kündigte', 'kündigten', 'kündige'), ('annonce', 'annoncent', 'annonça', 'annoncèrent'))
    """
    maker = _MAKERS.get(language)
    return maker(lemma) if maker else (lemma,)


def _german(lemma: str) -> tuple[str, ...]:
    prefix, _, verb = lemma.rpartition(".")
    stem = re.sub(r"(?:(?<=[lr])n|en)$", "", verb)
    stem = verb[:-1] if verb.endswith(("ern", "eln")) else stem
    link = "e" if stem.endswith(("t", "d", "dm", "chn", "gn")) else ""
    third, past = f"{stem}{link}t", f"{stem}{link}te"
    has_ge = not (stem.startswith(_UNPREFIXED) or stem.endswith("ier"))
    forms = [third, past, past + "n", stem + "e", prefix + ("ge" if has_ge else "") + third]
    if prefix:
        forms += [prefix + third, prefix + past, prefix + past + "n"]
    return (*forms, verb)


def _french(lemma: str) -> tuple[str, ...]:
    forms: tuple[str, ...]
    bare = lemma.removeprefix("s'")
    if bare.endswith("er"):
        stem = bare[:-2]
        soft = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
        grave = re.sub(r"é(?=[^aeiouyéè]{1,2}$)", "è", stem)
        forms = (
            grave + "e", grave + "ent", soft + "a", stem + "èrent", soft + "ait", soft + "aient", stem + "é", stem + "ée", stem + "era",
            soft + "ant",
        )  # fmt: skip
    else:
        stem = bare[:-1]
        forms = (stem + "t", stem + "ssent", stem, stem + "rent", stem + "ssait", stem + "ssant")
    return tuple("s'" + form for form in forms) + forms if bare != lemma else forms


def _spanish(lemma: str) -> tuple[str, ...]:
    stem = lemma[:-2]
    if lemma.endswith("ar"):
        hard = stem[:-1] + "qu" if stem.endswith("c") else stem
        return (hard + "é", *(stem + end for end in ("a", "an", "ó", "aron", "aba", "aban", "ado", "ando", "ará")))
    return tuple(stem + end for end in ("e", "en", "ió", "ieron", "ía", "ían", "ido", "iendo"))


def _portuguese(lemma: str) -> tuple[str, ...]:
    stem = lemma[:-2]
    if lemma.endswith("ar"):
        return tuple(stem + end for end in ("a", "am", "ou", "aram", "ava", "avam", "ado", "ando", "ará"))
    past = "eu" if lemma.endswith("er") else "iu"
    return tuple(stem + end for end in ("e", "em", past, lemma[-2] + "ram", "ia", "iam", "ido", lemma[-2] + "ndo"))


def _italian(lemma: str) -> tuple[str, ...]:
    stem = lemma[:-3]
    if lemma.endswith("are"):
        return tuple(stem + end for end in ("a", "ano", "ò", "arono", "ava", "avano", "ato", "ata", "ando"))
    if lemma.endswith("ire"):
        return tuple(stem + end for end in ("isce", "e", "iscono", "ì", "irono", "iva", "ito", "endo"))
    return tuple(stem + end for end in ("e", "ono", "é", "eva", "evano", "uto", "endo"))


def _russian(lemma: str) -> tuple[str, ...]:
    stem = lemma[:-2]
    return tuple(stem + end for end in ("л", "ла", "ло", "ли"))


def _arabic(lemma: str) -> tuple[str, ...]:
    if lemma.startswith("ي"):
        forms = [lemma, "ت" + lemma[1:], lemma + "ون", "ن" + lemma[1:]]
    else:
        stem = lemma[:-1] if lemma.endswith("ى") else lemma
        forms = [lemma, stem + "ت", (stem if lemma.endswith("ى") else lemma) + "وا"]
    return tuple(prefix + form for form in forms for prefix in ("", "و", "ف"))


_MAKERS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "de": _german, "fr": _french, "es": _spanish, "pt": _portuguese, "it": _italian, "ru": _russian, "ar": _arabic,
}  # fmt: skip
