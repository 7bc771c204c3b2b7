"""Statements in the writer's words and mixed ones, from the parse: "X said that ...", "..., according to X", "X called it “a farce”".

Only sentences with a word that may attribute are parsed. Each such word proposes stretches (`options`), the ranker gives each a chance
(`ranker`), and here the stretches of one text are chosen together: none lies across another, and what stands between marks is given up
only for a likelier stretch around it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from firstsaid.model import FULL
from firstsaid.parsing.clauses.attributing import learned
from firstsaid.parsing.clauses.options import verb_group
from firstsaid.parsing.clauses.parser import trees_of
from firstsaid.parsing.clauses.ranker import MIN_BASE, SAME, Choice, CueInTree, bases_of, candidates_of, choose, cues_in, scores_of
from firstsaid.parsing.clauses.speaking import named_beside, speaker_of
from firstsaid.parsing.clauses.traits import stem_of
from firstsaid.parsing.clauses.trees import Tree
from firstsaid.parsing.marked.direct import looks_like_title
from firstsaid.parsing.statements import Statement, Stretch
from firstsaid.parsing.structure import NO_PAIR, Page

MIN_CHANCE, DOUBT = 0.28, 0.22
"""A stretch without marks needs the first chance, and the more of the second the less likely its cue governs anything at all.

On articles held out of training a lower chance gains a little over all forms and costs direct and mixed ones more, and the other way round.
"""
MIN_CHANCE_MARKED = 0.25  # of a stretch that holds marks: the cue surely governs something, and its words between marks are listed anyway
MIN_CHANCE_ESSAY = 0.52  # essays reason more than they report: at the chance of news two in five of what is found there is none
MIN_CHANCE_PRECISE = 0.6  # four in five of what is listed then are right on articles held out
MIN_CHANCE_TITLE = 0.55  # below it, what holds a title and no other marks is mostly the naming of a work
MIN_CHANCE_NESTED = 0.8  # a statement inside a statement must be surer: its cue may belong to the outer speaker
MIN_STEPS = 2  # of strength in a sentence that is parsed: one weak word alone governs something in five of a thousand cases
BATCH = 256  # cues whose stretches are weighed at once: those of a news article in one go, and 15 MB at most
MAX_SHARED = 0.3  # of a stretch's words that another one may have taken: more, and they are two readings of one statement


@dataclass(frozen=True, slots=True)
class Read:
    """What a page's sentences say by their parse. `kept`: the statements between marks that no likelier stretch has taken in."""

    kept: list[Statement]
    found: list[Statement]


def find_clauses(page: Page, direct: list[Statement], is_precise: bool = False) -> Read:
    """Statements beside and around those between marks. `is_precise`: only the likeliest.

    Time is linear in the text: sentences are bounded (`parser.MAX_CHARACTERS`), so are a cue's options.
    """
    least = max(MIN_CHANCE_PRECISE if is_precise else 0, MIN_CHANCE_ESSAY if page.is_essay else 0)
    choices = [choice for choice in choices_of(page, direct) if choice.chance >= max(least, _least_chance(choice))]
    words_of_direct = [words_on_page(page, item) for item in direct]
    choices = _without_second_cues(choices, direct, words_of_direct)
    choices.sort(key=lambda choice: (-choice.chance, choice.cue.unit, choice.cue.token))
    used: set[int] = set()
    rewritten: set[int] = set()
    governing: set[int] = set()
    found: list[Statement] = []
    named: dict[int, Choice] = {}
    for choice in choices:
        cue, words = choice.cue, choice.candidate.words
        place = cue.tree.starts[cue.token]
        if words & governing:
            continue
        if place in used:
            if choice.chance < MIN_CHANCE_NESTED or not words <= used:
                continue
        elif len(words & used) > MAX_SHARED * len(words) or (choice.chance < MIN_CHANCE_TITLE and _names_title(page, choice)):
            continue
        used |= words
        governing.add(place)
        if choice.candidate.option is not None:
            rewritten |= words
            found.append(_statement(page, choice, direct))
        elif choice.candidate.direct is not None:
            named[choice.candidate.direct] = choice
    kept = [
        _better_named(item, named[at]) if at in named else item
        for at, item in enumerate(direct)
        if not _is_rewritten(words_of_direct[at], rewritten)
    ]
    return Read(kept, found)


def _without_second_cues(choices: list[Choice], direct: list[Statement], words: list[frozenset[int]]) -> list[Choice]:
    """The choices but those that give a statement between marks, whose speaker and cue are known, to a word beside it that nobody says.

    "She told us the next morning: “...”" is hers, not the morning's. `words`: of each statement between marks. Linear.
    """
    of_word = {word: at for at, item in enumerate(direct) if item.speaker is not None and item.cue is not None for word in words[at]}
    kept: list[Choice] = []
    for choice in choices:
        taken = choice.candidate.words
        at = of_word.get(min(taken)) if choice.candidate.direct is None else None
        if at is None or len(taken & words[at]) < SAME * len(taken | words[at]) or _has_speaker(choice):
            kept.append(choice)
    return kept


def _has_speaker(choice: Choice) -> bool:
    option = choice.candidate.option
    return option is not None and speaker_of(choice.cue.tree, choice.cue.token, option.pieces) is not None


def _names_title(page: Page, choice: Choice) -> bool:
    """Whether the only marks in the stretch stand around a title: "wrote a book titled “Water and Power”" states nothing."""
    pairs = _pairs_in(choice)
    return bool(pairs) and all(looks_like_title(page.text[page.outer[pair].start : page.outer[pair].end]) for pair in pairs)


def _pairs_in(choice: Choice) -> set[int]:
    """The pairs of marks in a stretch of the parse; none for a statement between marks itself."""
    option, tree = choice.candidate.option, choice.cue.tree
    pieces = () if option is None else option.pieces
    return {tree.pair[token] for low, high in pieces for token in range(low, high)} - {NO_PAIR}


def _least_chance(choice: Choice) -> float:
    return MIN_CHANCE_MARKED if _pairs_in(choice) else MIN_CHANCE + DOUBT * (1 - choice.any_chance)


def choices_of(page: Page, direct: list[Statement]) -> list[Choice]:
    """For every cue that may govern something, the likeliest stretch, in reading order."""
    known = learned()
    found: list[Choice] = []
    waiting = cues_of(page, direct, known.strength, known.steps)
    while batch := list(islice(waiting, BATCH)):
        bases = bases_of([cue for cue, _ in batch], known)
        kept = [at for at, (cue, _) in enumerate(batch) if bases[at] >= MIN_BASE or cue.direct is not None]
        stretches = {at: candidates_of(batch[at][0], direct, batch[at][1], page) for at in kept}
        kept = [at for at in kept if stretches[at]]
        if kept:
            cues, candidates = [batch[at][0] for at in kept], [stretches[at] for at in kept]
            found += map(choose, cues, candidates, scores_of(cues, [bases[at] for at in kept], candidates, known))
    return found


def cues_of(
    page: Page, direct: list[Statement], strength: dict[str, int], steps: dict[str, int]
) -> Iterator[tuple[CueInTree, list[frozenset[int]]]]:
    """Every word that may attribute, in its parsed sentence, with the words of the statements between marks (as `Candidate.words`)."""
    by_unit: dict[int, list[int]] = {}
    for at, statement in enumerate(direct):
        if statement.cue is not None and statement.speaker_kind != "running":
            by_unit.setdefault(page.unit_at(statement.cue[0]), []).append(at)
    trees = trees_of(page, _units_to_parse(page, by_unit, steps))
    words = [words_on_page(page, statement) for statement in direct]
    for unit, tree in trees:
        in_tree = {at: _token_of_cue(tree, direct[at].cue) for at in by_unit.get(unit, ())}
        for at in in_tree:
            words[at] = _as_in_tree(tree, words[at], direct[at])
        direct_cues = {token: at for at, token in reversed(in_tree.items()) if token >= 0}
        for cue in cues_in(page, unit, tree, direct_cues, strength):
            yield cue, words


def _units_to_parse(page: Page, by_unit: dict[int, list[int]], steps: dict[str, int]) -> list[int]:
    """Units with words that may attribute, `MIN_STEPS` in all or beside marks, or with the cue of a statement between marks."""
    of_word = {word: found for word in set(page.lower) if (found := steps.get(stem_of(word), 0))}
    pair_of = page.pair_of
    firsts = [first for first, _ in page.units]
    in_unit: dict[int, int] = {}
    for token in [token for token, word in enumerate(page.lower) if word in of_word and pair_of[token] == NO_PAIR]:
        unit = bisect_right(firsts, token) - 1
        in_unit[unit] = in_unit.get(unit, 0) + of_word[page.lower[token]]
    marked = {page.unit_at(pair.open) for pair in page.outer}
    return sorted({unit for unit, found in in_unit.items() if found >= MIN_STEPS or unit in marked}.union(by_unit))


def words_on_page(page: Page, statement: Statement) -> frozenset[int]:
    """Where the words of a statement start, by the page's own tokens."""
    found: list[int] = []
    for start, end in statement.pieces:
        found += [page.starts[at] for at in range(page.token_at(start), page.tokens_before(end)) if page.words[at][0].isalnum()]
    return frozenset(found)


def _as_in_tree(tree: Tree, words: frozenset[int], statement: Statement) -> frozenset[int]:
    """The words with those of this tree as the parser parts them ("mill's" is two)."""
    first, last = tree.starts[0], tree.ends[-1]
    inside = {
        start
        for token, start in enumerate(tree.starts)
        if tree.is_word(token) and any(low <= start < high for low, high in statement.pieces)
    }
    return frozenset(inside | {word for word in words if not first <= word < last})


def _token_of_cue(tree: Tree, cue: Stretch | None) -> int:
    """The verb (or "according") of a cue of the page, else its last token; -1 where it is not in this tree."""
    if cue is None:
        return -1
    tokens = range(bisect_right(tree.ends, cue[0]), bisect_left(tree.starts, cue[1]))
    verbs = [token for token in tokens if tree.tags[token][0] == "V" or tree.lower[token] == "according"]
    return (verbs or list(tokens) or [-1])[-1]


def _is_rewritten(words: frozenset[int], rewritten: set[int]) -> bool:
    return bool(words) and len(words & rewritten) > MAX_SHARED * len(words)


def _better_named(statement: Statement, choice: Choice) -> Statement:
    """The statement between marks with the speaker's whole phrase by the parse, where none or a part of it was found without."""
    tree = choice.cue.tree
    content = tuple((token, token + 1) for token in range(len(tree)) if tree.starts[token] in choice.candidate.words)
    found = speaker_of(tree, choice.cue.token, content)
    if found is None:
        return statement
    start, end = tree.starts[found[0]], tree.ends[found[1] - 1]
    known = statement.speaker
    if known is not None and not (start <= known[0] and known[1] <= end):
        return statement
    return replace(statement, speaker=(start, end), speaker_kind=found[2] if known is None else statement.speaker_kind)


def _statement(page: Page, choice: Choice, direct: list[Statement]) -> Statement:
    tree, option, cue = choice.cue.tree, choice.candidate.option, choice.cue
    assert option is not None
    pieces = [_with_marks(page, tree, low, high) for low, high in option.pieces]
    is_marked = all(tree.pair[token] != NO_PAIR for low, high in option.pieces for token in range(low, high))
    if choice.candidate.direct is not None:
        elsewhere = direct[choice.candidate.direct].pieces
        pieces += [piece for piece in elsewhere if piece[0] >= tree.ends[-1] or piece[1] <= tree.starts[0]]
        pieces.sort()
    pairs = sorted(_pairs_in(choice))
    if choice.candidate.direct is not None:
        pairs = sorted({*pairs, *direct[choice.candidate.direct].pairs})
    named = speaker_of(tree, cue.token, option.pieces)
    speaker, kind = ((tree.starts[named[0]], tree.ends[named[1] - 1]), named[2]) if named else (None, "none")
    if speaker is None and (beside := named_beside(page, tree, cue.token, pieces)) is not None:
        speaker, kind = beside
    first, _ = verb_group(tree, cue.token)
    begin = first if cue.token - first < 5 else cue.token
    end = cue.token + 1
    if tree.lower[cue.token] == "according" and end < len(tree) and tree.lower[end] == "to":
        end += 1
    form = "direct" if is_marked else "mixed" if pairs else "indirect"
    return Statement(
        form, tuple(pieces), speaker, kind, None, (tree.starts[begin], tree.ends[end - 1]), None,
        round(FULL * choice.chance), tuple(pairs),
    )  # fmt: skip


def _with_marks(page: Page, tree: Tree, low: int, high: int) -> Stretch:
    """The stretch with marks that stand at its ends, where both marks of the pair are inside then and other words too."""
    start, end = tree.starts[low], tree.ends[high - 1]
    first, last = tree.pair[low], tree.pair[high - 1]
    if first != NO_PAIR and first != last and page.outer[first].open >= start - 2:
        start = page.outer[first].open
    if last != NO_PAIR and first != last and page.outer[last].is_closed and page.outer[last].close <= end + 2:
        end = page.outer[last].close
    return start, end
