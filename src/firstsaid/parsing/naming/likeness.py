"""Which names of a corpus may be one, each pair with a reason: initials, titles, surnames, sounds and slips. Near linear in names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import OSA

from firstsaid.parsing.naming.name_blocks import blocks_of
from firstsaid.parsing.naming.name_spans import BODY_WORDS, PARTICLES, TITLES
from firstsaid.parsing.naming.names import PLACE_OPENERS

MIN_SPELLING_LENGTH = 6  # shorter words differ by one letter and mean somebody else (Brown, Braun, Crown)
MIN_COMPANY = 2  # names that must stand beside both spellings: one shared name is any capital city
MIN_LIKENESS = 0.55  # share of letters in order; below it two words have the same consonants by chance ("Morton", "Amritanu")
MAX_BLOCK = 50  # more are a common given name, not spellings
DOMINANT_SHARE, MIN_DOMINANT = 0.9, 3
"""A surname alone is taken for the one full name that nearly all texts with such a name give, if at least so many do. Below the share
texts that mean the other person come in; below the number it is chance who was named first."""


class Form(NamedTuple):
    """One full form of a name over the whole corpus. `words`: its keys; `n`: mentions; `documents`: how many texts have it."""

    words: tuple[str, ...]
    text: str
    kind: str
    n: int
    n_documents: int
    acronym_of: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Join:
    """`left` is another spelling of `right`, because of `reason`; only if all `if_one_with` have turned out to be `right` too."""

    confidence: int
    left: tuple[str, ...]
    right: tuple[str, ...]
    reason: str
    if_one_with: tuple[tuple[str, ...], ...] = ()


Company = Callable[[tuple[str, ...], tuple[str, ...]], list[str] | None]
"""Names that stand in the texts of both forms, most telling first; None where one text has both forms, which means two."""


def joins(forms: dict[tuple[str, ...], Form], company: Company) -> list[Join]:
    """Every join that the forms themselves suggest, the surest first, those that rest on others last; deterministic."""
    found = [*_acronyms(forms), *_initials(forms), *_titled(forms), *_alone(forms)]
    taken = {join.left for join in found}
    found += _spelled(forms, company, taken)
    return sorted(found, key=lambda join: (len(join.if_one_with) > 0, -join.confidence, join.left, join.right))


def _acronyms(forms: dict[tuple[str, ...], Form]) -> Iterator[Join]:
    for words, form in sorted(forms.items()):
        bodies = [body for body in form.acronym_of if body != words]
        if bodies and form.text.isupper():
            # Several full forms may be spellings of one body: the acronym follows the commonest, if they are.
            reason = f"“{form.text}” stands for “{forms[bodies[0]].text}” in other texts, and for nothing else"
            yield Join(7500, words, bodies[0], reason, tuple(bodies[1:]))


def _initials(forms: dict[tuple[str, ...], Form]) -> Iterator[Join]:
    """Names with and without a middle initial, where all texts know only one such initial."""
    by_ends: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for words in forms:
        if len(words) == 3 and len(words[1]) == 1:
            by_ends[(words[0], words[2])].append(words)
    for ends, longer in sorted(by_ends.items()):
        plain = forms.get(ends)
        if plain is not None and len(longer) == 1 and plain.kind != "body":
            reason = f"“{plain.text}” is “{forms[longer[0]].text}” without the initial; no text has another initial between"
            yield Join(8000, ends, longer[0], reason)


def _titled(forms: dict[tuple[str, ...], Form]) -> Iterator[Join]:
    """What stands before a person's name like a part of it: "Norland Ann Poe", "Whistleblower Ann Poe"."""
    given = {words[0] for words, form in forms.items() if form.kind == "person" and len(words) in (2, 3)}
    for words, form in sorted(forms.items()):
        for at in range(1, min(4, len(words) - 1)):
            person = forms.get(words[at:])
            if person is None or person.kind != "person" or person.n <= form.n or words[0] in given:
                continue
            before = " ".join(form.text.split()[:at])
            if words[at] in PARTICLES or form.text.split()[0].isupper():
                continue  # "Rocky De La Fuente" is the name, "De La Fuente" its end
            is_name = words[:at] in forms or words[0] in TITLES or words[0].endswith(("er", "or", "ist", "ian", "man", "woman"))
            if is_name and not any(word in BODY_WORDS for word in words[:at]):
                yield Join(7000, words, person.words, f"“{before}” is no part of the name: other texts have “{person.text}”")
                break


def _alone(forms: dict[tuple[str, ...], Form]) -> Iterator[Join]:
    """A surname that stands alone in its texts: the person whom nearly all other texts name in full with it."""
    owners: dict[str, list[Form]] = defaultdict(list)
    for words, form in forms.items():
        if len(words) > 1 and form.kind in ("person", "unknown") and words[0] not in PLACE_OPENERS:
            owners[words[-1]].append(form)
    for surname, found in sorted(owners.items()):
        alone = forms.get((surname,))
        best = max(found, key=lambda form: (form.n_documents, form.words))
        n_all = sum(form.n_documents for form in found)
        if alone is None or alone.kind == "body" or best.kind != "person" or best.n_documents < MIN_DOMINANT:
            continue
        if best.n_documents >= DOMINANT_SHARE * n_all and alone.n_documents <= best.n_documents:
            reason = f"“{alone.text}” alone: of {n_all} texts that give a full name with it, {best.n_documents} give “{best.text}”"
            yield Join(6000, alone.words, best.words, reason)


def _spelled(forms: dict[tuple[str, ...], Form], company: Company, taken: set[tuple[str, ...]]) -> Iterator[Join]:
    """The rarer of two spellings of a full name that sound alike, or differ by one letter, and stand beside the same other names.

    Candidates share all words but one, or the sound of every word, so that only few are compared.
    """
    kept = [words for words, form in forms.items() if len(words) > 1 and words not in taken and not form.text.islower()]
    blocks = blocks_of(kept, [forms[words].kind != "body" for words in kept])  # "Labour Party", "Labor Party": bodies of two countries
    compared: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    for name in sorted(name for name, members in blocks.items() if len(members) <= MAX_BLOCK):
        members = sorted(blocks[name], key=lambda words: (-forms[words].n, words))
        for at, common in enumerate(members):
            for rare in members[at + 1 :]:
                how = _how_alike(name, rare, common)
                if how is None or (rare, common) in compared:
                    continue
                compared.add((rare, common))
                beside = company(rare, common)
                if beside is not None and len(beside) >= MIN_COMPANY:
                    reason = f"“{forms[rare].text}” {how} “{forms[common].text}” and stands beside the same names ({', '.join(beside[:2])})"
                    yield Join(6500 if name[0] == "letter" else 5500, rare, common, reason)


def _how_alike(block: tuple[str, ...], rare: tuple[str, ...], common: tuple[str, ...]) -> str | None:
    if block[0] == "sound":
        pairs = list(zip(rare, common, strict=False))
        if any(one != other and (one.startswith(other) or other.startswith(one)) for one, other in pairs):
            return None
        is_like = len(rare) != len(common) or all(OSA.normalized_similarity(one, other) >= MIN_LIKENESS for one, other in pairs)
        return "sounds like" if is_like else None
    left_out = int(block[1])
    one, other = rare[left_out], common[left_out]
    # A letter more at the end makes another word: "America", "American"; "Petrov", "Petrova".
    is_ending = one.startswith(other) or other.startswith(one)
    is_slip = min(len(one), len(other)) >= MIN_SPELLING_LENGTH and not is_ending and OSA.distance(one, other, score_cutoff=1) <= 1
    return "differs by one letter from" if is_slip else None
