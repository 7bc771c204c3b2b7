"""What a cue may govern: from the parse of its sentence, the stretches that could be what is stated. The ranker picks one or none.

Proposed are the clauses and phrases below the cue (alone, with those that follow, cut before what hangs on their right edge or at a
comma), the clause before it ("..., said Poe"), both sides of it, the sentence beside "according to", the subject of a passive, the
noun that a relative clause belongs to, and what stands between marks. On PolNeAR train they hold 88 % of the annotated contents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from firstsaid.parsing.clauses.trees import NO_PAIR, SUBJECTS, Tree
from firstsaid.parsing.lexicon import word_set

Pieces = tuple[tuple[int, int], ...]
MAX_OPTIONS = 90  # of one cue; the longest sentences of news give 60
_SKIPPED = word_set("punct neg aux auxpass prt cc mark expl")
_CUT = word_set("advcl prep conj relcl acl appos npadvmod ccomp parataxis xcomp advmod agent cc pcomp")
_MAX_CUTS = 7  # along the right edge of one clause: deeper ones leave too little of it
_BREAKERS = word_set("and but while as when after because although though if since before until where so or with who which")
_OPENS_CLAUSE = word_set("ccomp parataxis advcl")
_MARKS_BEFORE_CUE = word_set("— – - -- , ! ? ' ’ ” '' \"")


@dataclass(frozen=True, slots=True)
class Option:
    """One stretch (of one or two pieces). `kind`: how it hangs on the cue; `ending`: what ends it; `child`: the token it begins with.

    `n_children`: how many further children of the cue it takes in; 8 for one that ends at a comma, 9 for one to the sentence's end.
    """

    kind: str
    ending: str
    pieces: Pieces
    child: int
    n_children: int


@dataclass(slots=True)
class _Collector:
    """Options of one cue, each stretch once."""

    tree: Tree
    cue: int
    found: list[Option] = field(default_factory=list)
    seen: set[Pieces] = field(default_factory=set)

    def add(self, kind: str, ending: str, pieces: list[tuple[int, int]], child: int = -1, n_children: int = 0) -> None:
        words = [piece for piece in (_trimmed(self.tree, *piece) for piece in pieces) if piece[0] < piece[1]]
        if not words:
            return
        first, end = words[0]
        if self.tree.lower[first] == "that" and end - first > 1 and self.tree.tags[first] == "IN":
            words[0] = (first + 1, end)
        key = tuple(words)
        if key in self.seen or len(self.found) >= MAX_OPTIONS or any(low <= self.cue < high for low, high in key):
            return
        self.seen.add(key)
        self.found.append(Option(kind, ending, key, child, n_children))


def options_of(tree: Tree, cue: int) -> list[Option]:
    """Every option of a cue, the likeliest kinds first; at most `MAX_OPTIONS`. Linear in the sentence but for their number."""
    options = _Collector(tree, cue)
    if tree.lower[cue] == "according":
        _according(options)
        return options.found
    right = _governed(tree, cue)
    _right_side(options, right)
    _between_marks(options)
    if tree.tags[cue][0] == "N":
        for child in tree.children[cue]:
            if child < cue and tree.links[child] in ("compound", "amod", "nmod", "poss"):
                options.add("l_" + tree.links[child], "full", [(tree.left[child], child + 1)], child)
    elif tree.tags[cue][0] == "V" or tree.words[cue] == ":":
        _passive(options, right)
        _left_side(options, right)
    return options.found


def verb_group(tree: Tree, cue: int) -> tuple[int, int]:
    """Where the cue's verb group begins (its first auxiliary), and its subject (a token, or -1)."""
    first, subject = cue, -1
    for child in tree.children[cue]:
        if child < cue and tree.links[child] in ("aux", "auxpass", "neg"):
            first = min(first, child)
        if tree.links[child] in SUBJECTS or tree.links[child] == "expl":
            subject = child
    return first, subject


def _trimmed(tree: Tree, first: int, end: int) -> tuple[int, int]:
    """The tokens without punctuation at their ends; what a hyphen joins without a space is one word and is never cut."""
    while first < end and not tree.is_word(first):
        first += 1
    while end > first and not tree.is_word(end - 1):
        end -= 1
    while first < end and first > 1 and _is_joined(tree, first - 1):
        first -= 2
    while first < end < len(tree) - 1 and _is_joined(tree, end):
        end += 2
    return first, end


def _is_joined(tree: Tree, hyphen: int) -> bool:
    """Whether a token is a hyphen between two others that touch it."""
    touches = tree.ends[hyphen - 1] == tree.starts[hyphen] and tree.ends[hyphen] == tree.starts[hyphen + 1]
    return touches and tree.words[hyphen] in ("-", "‐", "‑")


def _governed(tree: Tree, cue: int) -> list[int]:
    """What hangs on the cue to its right; for a noun or adjective also what its verb carries ("one view is that ...")."""
    right = [child for child in tree.children[cue] if child > cue and tree.links[child] not in _SKIPPED]
    above, link = tree.head[cue], tree.links[cue]
    if above == cue:
        return right
    siblings = tree.children[above]
    if tree.tags[cue][0] == "N":
        if link in ("nsubj", "nsubjpass", "attr") and tree.tags[above][0] == "V":
            right += [
                child for child in siblings if child > max(cue, above) and tree.links[child] in ("ccomp", "attr", "xcomp", "acomp", "advcl")
            ]
    elif tree.tags[cue][0] != "V" and link in ("acomp", "oprd", "ccomp"):
        right += [child for child in siblings if child > cue and tree.links[child] in ("ccomp", "xcomp", "advcl", "prep")]
    return right


def _right_side(options: _Collector, right: list[int]) -> None:
    tree, cue, last = options.tree, options.cue, len(options.tree)
    for at, child in enumerate(right):
        link = tree.links[child]
        begins = [(max(tree.left[child], cue + 1), link)]
        if link in ("prep", "agent"):
            inner = next((below for below in tree.children[child] if below > child and tree.links[below] in ("pobj", "pcomp")), None)
            if inner is not None:
                begins.append((max(tree.left[inner], child + 1), f"{link}_{tree.links[inner]}"))
        for first, kind in begins:
            for further in range(at, min(len(right), at + 4)):
                end_child = right[further]
                ending = "full" if further == len(right) - 1 else "kid"
                whole = kind if further == at else f"{kind}+{tree.links[end_child]}"
                options.add(whole, ending, [(first, tree.right[end_child] + 1)], child, further - at)
                if further in (at, len(right) - 1):
                    for cut, why in _right_edge_cuts(tree, end_child):
                        if cut > first:
                            options.add(whole, "cut_" + why, [(first, cut)], child, further - at)
            if link in ("ccomp", "dobj", "xcomp", "parataxis", "attr", "prep") or at == len(right) - 1:
                options.add(kind, "unit", [(first, last)], child, 9)
            if link in ("ccomp", "xcomp", "dobj", "parataxis"):
                for cut in _commas_from_end(tree, first):
                    options.add(kind, "p" + tree.words[cut], [(first, cut)], child, 8)
    if cue + 1 < last and (not right or tree.words[cue + 1] in (",", ":")):
        options.add("rest", "unit", [(cue + 1, last)])
        for cut, why in list(_commas_after(tree, cue + 1))[:3]:
            options.add("rest", why, [(cue + 1, cut)])


def _right_edge_cuts(tree: Tree, clause: int) -> list[tuple[int, str]]:
    """Where the right edge of a clause may be cut, outermost first: before what hangs there, with its link."""
    cuts: list[tuple[int, str]] = []
    at = clause
    while len(cuts) < _MAX_CUTS:
        lower = -1
        for child in tree.children[at]:
            if child > at and tree.links[child] != "punct":
                if tree.links[child] in _CUT:
                    cuts.append((tree.left[child], tree.links[child]))
                lower = child
        if lower < 0:
            break
        at = lower
    return cuts


def _commas_from_end(tree: Tree, first: int) -> list[int]:
    """The last four commas and dashes outside marks, the last one first."""
    found: list[int] = []
    for token in range(len(tree) - 2, first + 2, -1):
        if tree.words[token] in (",", ";", "—", "–", "--", "-", ":", "(") and tree.pair[token] == NO_PAIR:
            found.append(token)
            if len(found) > 3:
                break
    return found


def _commas_after(tree: Tree, first: int) -> Iterator[tuple[int, str]]:
    for token in range(first + 1, len(tree)):
        if tree.words[token] in (",", ";", ":", "—", "–", "--"):
            yield token, "p" + tree.words[token]


def _clause_starts(tree: Tree, stop: int) -> list[int]:
    """Where a clause that ends at `stop` may begin after the sentence does: behind commas with a conjunction, nearest first."""
    found: list[int] = []
    for token in range(stop - 1, 0, -1):
        if tree.words[token] in (",", ";", ":", "—") and token + 1 < stop:
            is_conjunction = tree.lower[token + 1] in _BREAKERS
            if is_conjunction or tree.words[token] != ",":
                found.append(token + 1)
            if is_conjunction:
                found.append(token + 2)
            if len(found) > 3:
                break
    return found


def _according(options: _Collector) -> None:
    """CLAUSE, according to X. / According to X, CLAUSE. / CLAUSE, according to X, CLAUSE."""
    tree, cue, last = options.tree, options.cue, len(options.tree)
    end = authority_end(tree, cue)
    if end < 0:
        return
    if cue > 1:
        options.add("acc_back", "unit", [(0, cue)])
        for first in _clause_starts(tree, cue):
            options.add("acc_back", "part", [(first, cue)])
        if end < last - 1:
            options.add("acc_mid", "unit", [(0, cue), (end, last)])
        above = tree.head[cue]
        if above < cue:
            options.add("acc_back", "head", [(tree.left[above], cue)])
    if end < last:
        options.add("acc_front", "unit", [(end, last)])
        for cut, why in list(_commas_after(tree, end))[:5]:
            options.add("acc_front", why, [(end, cut)])
        for token in range(end, min(last, end + 25)):
            if tree.words[token] == ",":
                options.add("acc_front", "comma", [(token + 1, last)])


def authority_end(tree: Tree, cue: int) -> int:
    """The token after X in "according to X"; -1 where no "to" follows."""
    for child in tree.children[cue]:
        if tree.lower[child] == "to":
            for below in tree.children[child]:
                if tree.links[below] == "pobj":
                    return _end_of_authority(tree, cue, below)
    if cue + 2 >= len(tree) or tree.lower[cue + 1] != "to":
        return -1
    noun = cue + 2
    while tree.head[noun] > noun and tree.head[noun] - cue < 10:
        noun = tree.head[noun]
    return tree.right[noun] + 1


def _end_of_authority(tree: Tree, cue: int, noun: int) -> int:
    """The token after a noun's phrase; an "apposition" behind a comma is the clause's subject where the clause has no other.

    "According to Poe, the mill, which is old, will close" parses as if Poe were the mill.
    """
    verb = tree.head[cue]
    if verb > tree.right[noun] and not any(tree.links[child] in (*SUBJECTS, "expl") for child in tree.children[verb]):
        for child in tree.children[noun]:
            if child > noun and tree.links[child] == "appos" and tree.words[tree.left[child] - 1] == ",":
                return tree.left[child] - 1
    return tree.right[noun] + 1


def _between_marks(options: _Collector) -> None:
    """What stands between marks before and after the cue."""
    tree, cue = options.tree, options.cue
    pairs: list[tuple[int, int]] = []
    token = 0
    while token < len(tree):
        end = token + 1
        if tree.pair[token] != NO_PAIR:
            while end < len(tree) and tree.pair[end] == tree.pair[token]:
                end += 1
            pairs.append((token, end))
        token = end
    after = [pair for pair in pairs if pair[0] > cue]
    before = [pair for pair in pairs if pair[1] <= cue]
    if after:
        options.add("q_next", "q", after[:1])
        if len(after) > 1:
            options.add("q_after", "q", after)
    if before:
        options.add("q_prev", "q", before[-1:])
        if len(before) > 1:
            options.add("q_before", "q", before)
        if after:
            options.add("q_split", "q", [before[-1], after[0]])
            if len(pairs) > 2:
                options.add("q_all", "q", pairs)


def _passive(options: _Collector, right: list[int]) -> None:
    """The subject of a passive, with its complement: "X is expected to win"; and the noun of a relative clause: "the wall he wants"."""
    tree, cue = options.tree, options.cue
    first, subject = verb_group(tree, cue)
    if 0 <= subject < cue:
        whole = (tree.left[subject], tree.right[subject] + 1)
        link = tree.links[subject]
        if link == "nsubjpass" or tree.tags[cue] in ("VBZ", "VBP", "VBD"):
            for child in right:
                if tree.links[child] in ("xcomp", "oprd", "prep", "advcl", "acomp", "ccomp"):
                    options.add(f"{link}&{tree.links[child]}", "full", [whole, (tree.left[child], tree.right[child] + 1)], child)
        if link == "nsubjpass":
            options.add("nsubjpass", "full", [whole], subject)
    above = tree.head[cue]
    if tree.links[cue] in ("relcl", "acl") and above < cue:
        end = min((token for token in (first, tree.left[cue]) if token > above), default=first)
        options.add("antecedent", "full", [(tree.left[above], end)], above)


def _left_side(options: _Collector, right: list[int]) -> None:
    """CLAUSE, X said. / CLAUSE, said X. / CLAUSE, X said, CLAUSE."""
    tree, cue, last = options.tree, options.cue, len(options.tree)
    group, subject = verb_group(tree, cue)
    begin = min(group, tree.left[subject]) if 0 <= subject < cue else group
    children, above = tree.children[cue], tree.head[cue]
    following = [tree.right[child] for child in children if child > cue and tree.links[child] in ("nsubj", "nsubjpass")]
    after = (following[-1] if following else cue) + 1
    may_be_fronted = begin > 0 and (
        tree.words[begin - 1] in _MARKS_BEFORE_CUE
        or tree.links[cue] in ("parataxis", "ccomp")
        or any(child < begin and tree.links[child] in _OPENS_CLAUSE for child in children)
    )
    if may_be_fronted:
        options.add("front", "unit", [(0, begin)])
        for first in _clause_starts(tree, begin):
            options.add("front", "part", [(first, begin)])
        for child in children:
            if child < begin and tree.links[child] in ("ccomp", "parataxis", "dobj", "xcomp"):
                options.add("front_" + tree.links[child], "full", [(tree.left[child], min(begin, tree.right[child] + 1))], child)
        if above < begin:
            options.add("front_head", "full", [(tree.left[above], begin)], above)
        resumes = {after}
        for child in children:
            is_adjunct = tree.links[child] in ("npadvmod", "prep", "advmod", "dobj", "nsubj", "dative")
            if child > cue and is_adjunct and tree.right[child] - cue < 14:
                resumes.add(tree.right[child] + 1)
        resumes.update(token + 1 for token in range(after, min(last, after + 16)) if tree.words[token] == ",")
        for token in sorted(resumes)[:4]:
            if token < last - 1:
                options.add("split", "unit", [(0, begin), (token, last)])
                if above != cue and above > token:
                    options.add("split", "head", [(0, begin), (token, tree.right[above] + 1)])
    if above > cue and tree.links[cue] in _OPENS_CLAUSE:
        options.add("right_head", "full", [(cue + 1, tree.right[above] + 1)], above)
