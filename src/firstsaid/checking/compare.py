"""A quotation held against a text: where its words stand there, and what was done to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from firstsaid.checking.chains import QUOTE_MARKS, Run, best_chain, clustered, equal_runs, is_attribution, is_marked, names_who_says
from firstsaid.checking.lexicon import (
    NEGATIONS,
    QUALIFIERS,
    QUALIFYING_PHRASES,
    SENTENCE_QUALIFIER_WORDS,
    STRONG_OPENERS,
    SUBORDINATORS,
)
from firstsaid.checking.limits import limit_behind, lost_at_ellipsis, swapped_by_bracket
from firstsaid.checking.tokens import keys_of, shortened
from firstsaid.wording import Difference, Units, differences, fair_edit, same_but_for_typography, units

WINDOW_CHARS = 12_000
"""So much of a long text is looked at on either side of a match: words stitched from further apart are two quotations to any reader."""

UNSURE_SHARE, ALTERED_SHARE = 0.45, 0.6
"""Shares of a quotation's words found in place. Chosen by hand on small cases, not measured:
lower, sentences of one topic come up as "close"; higher, a quotation with several changed words is called absent."""

MIN_STITCHED_WORDS = 3
"""Shorter pieces meet by chance."""

_MARKED = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”»“]")
_ATTRIBUTION = re.compile(r"[,.]?[\"”»][^\S\n]{1,3}([^\"“”«»„.!?\n]{1,80}?)[,.:]?[^\S\n]{1,3}[\"“«„](?=\w)")
_BRITISH = ((re.compile(r"is(e|ed|es|ing|ation|ations)$"), r"iz\1"), (re.compile(r"our(?=s?$|ed$|ing$|able$|ite$)"), "or"),
            (re.compile(r"tre(s?)$"), r"ter\1"), (re.compile(r"ll(ed|ing|er|ers)$"), r"l\1"), (re.compile(r"ogue(s?)$"), r"og\1"),
            (re.compile(r"ence$"), "ense"), (re.compile(r"ae|oe"), "e"))  # fmt: skip

remembered_units = lru_cache(maxsize=64)(units)
"""The same few documents are held against many quotations in a row."""


@dataclass(frozen=True, slots=True)
class Held:
    """What became of a quotation's words in a base text.

    `verdict`: exact, typography, fair-edit, altered, cut-before-qualifier, stitched or close-but-unsure. `start`..`end`: the base's
    stretch; `places` its parts where the words stand apart. `similarity` in 1/10,000; `n_equal` words of `n_words` were found. `kinds`:
    kinds of `Reading` of the changes that matter, the most telling first; `what`: the words that differ, for a sentence of why;
    `changes`: the differences that matter (left the base's stretch, right the quotation).
    """

    verdict: str
    start: int
    end: int
    similarity: int
    n_equal: int
    n_words: int
    kinds: tuple[str, ...] = ()
    what: str = ""
    places: tuple[tuple[int, int], ...] = ()
    changes: tuple[Difference, ...] = ()


def marked_words(words: str, form: str) -> str:
    """Of a mixed quotation only what stands between marks, the parts joined by an ellipsis: the rest is the writer's own.

    >>> marked_words('the board "would not pay" for it', "mixed")
    'would not pay'
    """
    if form != "mixed":
        return words
    parts = [part.strip() for part in _MARKED.findall(words) if part.strip()]
    return " … ".join(parts) if parts else words


def hold(quoted: str, base: str, near: tuple[int, int] | None = None) -> Held | None:
    """What became of the quotation `quoted` in `base`, or None where too few of its words stand there together.

    `near`: where to look in a long text. Offsets are code points of `base`. Cost: words of the window, plus runs squared.

    >>> hold("We will close the old pool in May", "She said: we will not close the old pool in May.").what
    'leaves out “not”'
    """
    low, high = _window(len(base), len(quoted), near)
    window = base[low:high]
    fair = fair_edit(quoted, window)
    if fair.original_start is not None and fair.original_end is not None:
        held: Held | None = _as_allowed(quoted, window, fair.original_start, fair.original_end, fair.is_fair, fair.reasons)
    else:
        held = _as_changed(quoted, window)
    return _shifted(held, low) if held is not None and low else held


def _window(n_base: int, n_quoted: int, near: tuple[int, int] | None) -> tuple[int, int]:
    if near is None or n_base <= 2 * WINDOW_CHARS:
        return 0, n_base
    reach = WINDOW_CHARS + n_quoted
    return max(0, near[0] - reach), min(n_base, near[1] + reach)


def _shifted(held: Held, by: int) -> Held:
    places = tuple((start + by, end + by) for start, end in held.places)
    return replace(held, start=held.start + by, end=held.end + by, places=places)


def _as_allowed(quoted: str, base: str, start: int, end: int, is_fair: bool, reasons: tuple[str, ...]) -> Held:
    """The words stand there in order, apart from what the quotation marks itself."""
    n_words = len(keys_of(quoted))
    stretch = base[start:end]
    if not is_fair and not _drops_a_clause(quoted, stretch, reasons[0]):
        return Held("altered", start, end, 9_000, n_words, n_words, ("negation",), reasons[0], ((start, end),))
    lost = lost_at_ellipsis(quoted, stretch) or swapped_by_bracket(quoted, stretch, base[end : end + 60])
    if lost:
        return Held("altered", start, end, 9_000, n_words, n_words, ("cut",), lost, ((start, end),))
    qualifier = qualifier_after(base, end) or limit_behind(quoted, base, end)
    if qualifier and not re.search(r"(\.{3}|…)\W*$", quoted):
        cut = f"stops before “{qualifier}”"
        return Held("cut-before-qualifier", start, end, 10_000, n_words, n_words, ("cut",), cut, ((start, end),))
    bare = quoted.strip().strip(".,;:!?" + QUOTE_MARKS + "'‘’").strip()
    if bare in base:
        inner_end = quoted.rstrip(QUOTE_MARKS + "'’ ")[-1:]
        same_end = inner_end not in ".!?;" or base[end : end + 1] in (inner_end, ",") or inner_end.isalnum()
        verdict = "exact" if same_end else "fair-edit"
    elif same_but_for_typography(quoted, stretch):
        verdict = "typography"
    else:
        changed = [d for d in differences(stretch, quoted) if d.kind == "punctuation"]
        if changed and any("?" in d.left_text + d.right_text for d in changed):
            what = "a question mark was added or lost"
            return Held("altered", start, end, 9_800, n_words, n_words, ("punctuation",), what, ((start, end),))
        verdict = "fair-edit" if reasons or not changed or re.search(r"…|\.{3}|\[", quoted) else "typography"
    return Held(verdict, start, end, 10_000, n_words, n_words, (), reasons[0] if reasons else "", ((start, end),))


def _drops_a_clause(quoted: str, stretch: str, reason: str) -> bool:
    """Whether a negation left out at a marked ellipsis goes with a clause of its own, and takes nothing from the words that stay.

    The clause begins with a subordinating word, and the negation is not the last word before the quotation goes on.
    """
    found = re.search("“(.+?)”", reason)
    lost = keys_of(found.group(1))[:1] if found else ()
    if not lost or lost[0] in QUALIFIERS or re.search(r"\[\w", quoted):
        return False
    for change in differences(stretch, quoted):
        keys = keys_of(change.left_text)
        if lost[0] in keys:
            return len(keys) > 3 and keys[0] in SUBORDINATORS and keys[-1] not in NEGATIONS
    return False


def _as_changed(quoted: str, base: str) -> Held | None:
    quoted = re.sub(r"\[(\w)\](?=\w)", r"\1", quoted)
    ours, theirs = units(quoted), remembered_units(base)
    if len(ours.keys) < 2:
        return None
    breaks = _marked_breaks(quoted, ours)
    chain = best_chain(equal_runs(ours.keys, theirs.keys), breaks)
    n_equal = sum(run.length for run in chain)
    if not chain or n_equal < max(2, UNSURE_SHARE * len(ours.keys)) or max(run.length for run in chain) < 2:
        return None
    clusters = clustered(chain, base, theirs)
    places = tuple((theirs.starts[c[0].base], theirs.ends[c[-1].base + c[-1].length - 1]) for c in clusters)
    sizes = [sum(run.length for run in cluster) for cluster in clusters]
    n_words = len(ours.keys)
    if len(clusters) > 1 and min(sizes) >= MIN_STITCHED_WORDS and n_equal >= 0.8 * n_words and not is_marked(clusters, breaks):
        first = max(range(len(sizes)), key=lambda at: (sizes[at], -at))
        start, end = places[first]
        pieces = " and ".join(f"“{shortened(base[a:b], 60)}”" for a, b in places[:3])
        return Held("stitched", start, end, 10_000 * n_equal // n_words, n_equal, n_words, ("cut",), f"joins {pieces}", places)
    if len(clusters) > 1 and not is_marked(clusters, breaks):
        largest = max(range(len(sizes)), key=lambda at: (sizes[at], -at))
        clusters, n_equal = [clusters[largest]], sizes[largest]
        if n_equal < UNSURE_SHARE * n_words:
            return None
    return _judged(quoted, ours, base, theirs, [run for cluster in clusters for run in cluster], n_equal, breaks)


def _marked_breaks(quoted: str, ours: Units) -> set[int]:
    """Numbers of the words before which the quotation marks that something is left out or put in."""
    marks = [found.end() for found in re.finditer(r"\.{3}|…|\. \. \.|\]", quoted)]
    breaks = set()
    for mark in marks:
        breaks.update([next((at for at, start in enumerate(ours.starts) if start >= mark), len(ours.starts))])
    return breaks


def _judged(quoted: str, ours: Units, base: str, theirs: Units, chain: list[Run], n_equal: int, breaks: set[int]) -> Held | None:
    """Altered, merely other spelling, or too far away to say."""
    n_words = len(ours.keys)
    first, last = chain[0], chain[-1]
    begin = _extended(base, theirs, first.base, -min(first.quoted, 3))
    tail = n_words - last.quoted - last.length
    finish = _extended(base, theirs, last.base + last.length - 1, min(tail, 3))
    finish = _same_letters(ours.keys[n_words - tail :], theirs.keys, last.base + last.length) or finish
    start, end = theirs.starts[begin], theirs.ends[finish]
    stretch = base[start:end]
    found = [d for d in differences(stretch, quoted) if not _is_harmless(d, stretch, quoted)]
    n_stretch = finish - begin + 1
    similarity = min(10_000, 20_000 * n_equal // (n_words + n_stretch))
    if n_equal < ALTERED_SHARE * n_words or similarity < 5_000:
        return Held("close-but-unsure", start, end, similarity, n_equal, n_words, (), _differing(found), ((start, end),))
    if not found:
        qualifier = qualifier_after(base, end)
        if qualifier:
            return Held(
                "cut-before-qualifier", start, end, similarity, n_equal, n_words, ("cut",), f"stops before “{qualifier}”", ((start, end),)
            )
        return Held("fair-edit" if breaks else "typography", start, end, similarity, n_equal, n_words, (), "", ((start, end),))
    order = ("negation", "figure", "name", "date", "hedge", "wording", "cut", "addition", "order", "spelling", "punctuation")
    found.sort(key=lambda d: (order.index(d.kind), d.left_start))
    kinds = tuple(dict.fromkeys(d.kind for d in found))
    return Held("altered", start, end, similarity, n_equal, n_words, kinds, _differing(found), ((start, end),), tuple(found))


def _same_letters(tail: list[str], theirs: list[str], start: int) -> int | None:
    """The last word of the base's stretch that has the letters of `tail` in other words ("town s bridge"); None if none has."""
    wanted = "".join(tail)
    for stop in range(start + 1, min(len(theirs), start + len(tail) + 3) + 1):
        if wanted and "".join(theirs[start:stop]) == wanted:
            return stop - 1
    return None


def _extended(base: str, theirs: Units, at: int, by: int) -> int:
    """`at` moved by up to `by` words, not over the end of a sentence or a quote mark."""
    step = 1 if by > 0 else -1
    for _ in range(abs(by)):
        following = at + step
        if not 0 <= following < len(theirs.keys):
            break
        left, right = min(at, following), max(at, following)
        if any(c in ".!?\n:;" + QUOTE_MARKS for c in base[theirs.ends[left] : theirs.starts[right]]):
            break
        at = following
    return at


def _is_harmless(difference: Difference, stretch: str, quoted: str) -> bool:
    """Typography, an attribution that the quotation leaves out, a bracket of the editor, or another country's spelling."""
    if (
        difference.kind != "punctuation"
        and keys_of(difference.left_text)
        and _joined(difference.left_text) == _joined(difference.right_text)
    ):
        return True
    if difference.kind == "punctuation":
        return "?" not in difference.left_text + difference.right_text
    if difference.kind == "spelling":
        return is_spelling_variant(difference.left_text, difference.right_text)
    if not difference.right_text and names_who_says(difference.left_text):
        return True
    if not difference.right_text and is_attribution(_with_signs_around(stretch, difference.left_start, difference.left_end)):
        return True
    bracket = quoted[max(0, difference.right_start - 1) : difference.right_end + 1]
    return bracket.startswith("[") and difference.kind not in ("negation", "figure")


def _joined(words: str) -> str:
    """Keys without gaps: a lost apostrophe ("town s") changes no word."""
    return "".join(keys_of(words))


def _with_signs_around(stretch: str, start: int, end: int) -> str:
    while start > 0 and not stretch[start - 1].isalnum():
        start -= 1
    while end < len(stretch) and not stretch[end].isalnum():
        end += 1
    return stretch[start:end]


def is_spelling_variant(left: str, right: str) -> bool:
    """Whether two spellings are the same word in print: joined or hyphenated, British or American.

    >>> is_spelling_variant("harbour", "harbor"), is_spelling_variant("closed", "closes")
    (True, False)
    """
    one, other = "".join(keys_of(left)), "".join(keys_of(right))
    if one == other:
        return True
    for pattern, plain in _BRITISH:
        one, other = pattern.sub(plain, one), pattern.sub(plain, other)
    return one == other


def _differing(found: list[Difference]) -> str:
    """The words that differ, as a clause that goes after "it"."""
    parts = []
    for item in found[:3]:
        left, right = shortened(item.left_text, 60), shortened(item.right_text, 60)
        if not right:
            parts.append(f"leaves out “{left}”")
        elif not left:
            parts.append(f"adds “{right}”")
        else:
            parts.append(f"has “{right}” for “{left}”")
    return " and ".join(parts)


def qualifier_after(base: str, end: int) -> str | None:
    """The qualifying word with which the base goes on right after `end`, if the quotation that stops there is cut before it.

    >>> qualifier_after("We will sign, but only if they pay.", 12), qualifier_after("We will sign. They pay.", 12)
    ('but', None)
    """
    rest = base[end : end + 240]
    attribution = _ATTRIBUTION.match(rest)
    if attribution:
        rest = rest[attribution.end() :]
        gap = ""
    else:
        found = re.match(r"\W*", rest)
        gap = found.group() if found else ""
        rest = rest[len(gap) :]
    if any(c in QUOTE_MARKS + "!?\n" for c in gap):
        return None
    following = keys_of(rest[:160])
    if not following:
        return None
    if "." in gap:
        sentence = keys_of(re.split(r"[.!?\n\"”»]", rest, maxsplit=1)[0])
        opens = sentence[0] in STRONG_OPENERS if sentence else False
        opens = opens and (sentence[0] != "only" or "if" in sentence[1:3])
        opens = opens or tuple(sentence[:2]) in (("but", "only"), ("but", "not"), ("aber", "nur"), ("mais", "seulement"))
        return _surface(rest) if opens and len(sentence) <= SENTENCE_QUALIFIER_WORDS else None
    if following[0] in QUALIFIERS or any(following[: len(phrase)] == phrase for phrase in QUALIFYING_PHRASES):
        return _surface(rest)
    return None


def _surface(rest: str) -> str:
    found = re.match(r"[\w'’-]+", rest)
    return found.group() if found else rest[:10]
