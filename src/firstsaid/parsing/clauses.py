"""Statements in the writer's words ("X said that ...", "..., according to X") without a parser.

Each cue proposes a few stretches that could be what is stated; a small linear ranker over closed-class words, punctuation and
the cue's own lemma picks one or none. Names never enter: replacing one name by another changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from firstsaid.parsing import lexicon
from firstsaid.parsing.direct import subject_of
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.reported import find_reported
from firstsaid.parsing.ranker import Proposal, proposal_of, score_of
from firstsaid.parsing.speakers import Phrase, subject_after, subject_before
from firstsaid.parsing.statements import Statement, phrase_stretch, stretch_of
from firstsaid.parsing.structure import NO_PAIR, Page

# Summed over a cue's options: near the best F1 on articles held out of training.
MIN_CONFIDENCE = 3000
MIN_CONFIDENCE_ESSAY = 5500  # 72 % precision on news for 4 points of recall; at 3,000 most of what is found in essays is none
MIN_BEST = 2500  # below it the place where the statement ends is a guess
MIN_BEST_ESSAY = 4000  # the same for essays
MAX_CUES_PER_STEP = 40  # of `MAX_UNIT_TOKENS`; prose has at most one cue in eight words. Without it 1 MB of "said" takes a minute
MIN_CONFIDENCE_NESTED = 8000  # a statement inside a statement must be surer: its cue may belong to the outer speaker
MAX_UNIT_TOKENS = 400  # a "sentence" without any full stop is looked at in steps of this length, so that time stays linear
_REACH = 14  # tokens from a cue to a "that" which it still governs ("told the council on Monday that")
_TIME_OPENERS = lexicon.TIME_WORDS | lexicon.word_set("in on at during after before when while last")
_BREAKERS = lexicon.word_set("and but while as when after because although though if since before until where so or with")
_RELATIVE_BREAKERS = lexicon.word_set("who which whose whom where")


def find_clauses(page: Page, cues: dict[str, Cue], taken: list[Statement]) -> list[Statement]:
    """Indirect and mixed statements beside those already `taken`, in order. Linear in tokens (units are bounded)."""
    used = _used_tokens(page, taken)
    found: list[Statement] = []
    if page.language != "en":
        return find_reported(page, cues, used) if page.language else []
    for first, end in page.units:
        for start in range(first, end, MAX_UNIT_TOKENS):
            found.extend(_best(page, start, min(end, start + MAX_UNIT_TOKENS), cues, used))
    return found


def _used_tokens(page: Page, taken: list[Statement]) -> bytearray:
    """1 for tokens of cues and quoted contents of statements that exist already."""
    used = bytearray(len(page.words))
    for statement in taken:
        stretches = [*statement.pieces, *((statement.cue,) if statement.cue and statement.speaker_kind != "running" else ())]
        for start, end in stretches:
            low, high = page.tokens_before(start), page.tokens_before(end)
            used[low:high] = b"\x01" * (high - low)
    return used


def _best(page: Page, first: int, end: int, cues: dict[str, Cue], used: bytearray) -> Iterator[Statement]:
    chosen: list[tuple[int, Proposal]] = []
    least, least_best = (MIN_CONFIDENCE_ESSAY, MIN_BEST_ESSAY) if page.is_essay else (MIN_CONFIDENCE, MIN_BEST)
    for options in proposals(page, first, end, cues, used):
        scores = [max(score_of(option), _at_least(page, option)) for option in options]
        score = max(scores)
        # Where it ends may be open between two places although it is certain that something is stated: the sum decides.
        if sum(scores) >= least and score >= least_best:
            chosen.append((score, options[scores.index(score)]))
    chosen.sort(key=lambda item: (-item[0], item[1].verb))
    covered: set[int] = set()
    governing: set[int] = set()
    for score, proposal in chosen:
        tokens = {token for low, high in proposal.pieces for token in range(low, high)}
        cue = set(range(*proposal.cue))
        shared = len(tokens & covered)
        if shared or cue & covered:
            is_nested = shared == len(tokens) and cue <= covered
            if not is_nested or score < MIN_CONFIDENCE_NESTED:
                continue
        elif tokens & governing:
            continue
        covered |= tokens
        governing |= cue
        yield _statement(page, proposal, score)


def _at_least(page: Page, proposal: Proposal) -> int:
    """What a form that leaves no doubt is worth however rare its words: "..., according to X" and "X said that ..."."""
    if "ke:according_back|unit" in proposal.features or "ke:according_front|unit" in proposal.features:
        return 5000
    who = proposal.speaker.kind if proposal.speaker else "none"
    if who in ("name", "pronoun", "role") and "k:that" in proposal.features and "ak:say|that|finite" in proposal.features:
        return 4000 if "ke:that|unit" in proposal.features else 0
    return 0


def _statement(page: Page, proposal: Proposal, score: int) -> Statement:
    pairs = tuple(sorted({page.pair_of[token] for low, high in proposal.pieces for token in range(low, high)} - {NO_PAIR}))
    inside = [
        pair for pair in pairs if any(page.starts[low] <= page.outer[pair].open < page.ends[high - 1] for low, high in proposal.pieces)
    ]
    return Statement(
        "mixed" if inside else "indirect", tuple(stretch_of(page, piece) for piece in proposal.pieces),
        phrase_stretch(page, proposal.speaker),
        proposal.speaker.kind if proposal.speaker else "none", None, stretch_of(page, proposal.cue), None, score, tuple(inside),
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------------- what a cue may govern
def proposals(page: Page, first: int, end: int, cues: dict[str, Cue], used: bytearray) -> Iterator[list[Proposal]]:
    """For each cue of tokens `first`..`end` outside marks, the stretches that it may govern (at least one)."""
    lower = page.lower
    last = end
    while last > first and not lower[last - 1][0].isalnum() and page.pair_of[last - 1] == NO_PAIR and lower[last - 1] != ")":
        if lower[last - 1] == "]" and last - 3 > first and lower[last - 2].isdigit() and lower[last - 3] == "[":
            last -= 2  # a footnote marker
        last -= 1
    is_headline = _is_headline(page, first, end)
    n_cues = 0
    for verb in range(first, end):
        word = lower[verb]
        if n_cues == MAX_CUES_PER_STEP:
            return
        if page.pair_of[verb] != NO_PAIR or used[verb] or (verb > first + 1 and lower[verb - 1] == "to" and lower[verb - 2] == "according"):
            continue
        if word == "according" and verb + 1 < end and lower[verb + 1] == "to":
            options = list(_according(page, first, last, verb))
        else:
            options = []
            if (
                word in lexicon.NOMINAL_CUES
                and verb + 1 < end
                and lower[verb + 1] in ("that", "by", "to", "of", "for", "about", "on", "against")
                and not (cues.get(word) is not None and verb > first and lower[verb - 1] in lexicon.AUXILIARIES)
            ):
                options = list(_nominal(page, first, last, verb))
            if (cue := cues.get(word)) is not None and (is_headline or not page.is_capitalised(verb)):
                options += _verbal(page, first, last, verb, cue, cues)
        options = [option for option in options if not any(used[token] for low, high in option.pieces for token in (low, high - 1))]
        if options:
            n_cues += 1
            yield options


def _is_headline(page: Page, first: int, end: int) -> bool:
    """Whether most words are capitalised, as in headlines of many papers: there a capital says nothing about a cue."""
    if end - first > 40:
        return False
    words = [token for token in range(first, end) if page.words[token][0].isalpha()]
    return len(words) > 3 and sum(page.is_capitalised(token) for token in words) * 10 > 7 * len(words)


def _according(page: Page, first: int, last: int, verb: int) -> Iterator[Proposal]:
    lower = page.lower
    phrase = subject_after(page, verb + 2, last)
    if phrase is None:
        return
    cue = (verb, verb + 2)
    after = phrase.end
    if verb <= first + 2:
        if after < last and lower[after] == ",":
            yield from _with_ends(page, cue, verb, "according", phrase, "according_front", after + 1, last, None)
        return
    start = first
    while start < verb and lower[start] in (",", "but", "and"):
        start += 1
    stop = verb
    while stop > start and lower[stop - 1] in (",", "—", "–", "all"):
        stop -= 1
    if stop > start:
        yield proposal_of(page, cue, verb, "according", phrase, ((start, stop),), "according_back", "unit", last, None)
        for at in range(stop - 1, start, -1):
            if lower[at] in _BREAKERS and lower[at - 1] == "," and at + 2 < stop:
                yield proposal_of(page, cue, verb, "according", phrase, ((at + 1, stop),), "according_back", "part", last, None)
                break
        if after + 3 < last and lower[after] == ",":
            yield proposal_of(page, cue, verb, "according", phrase, ((start, stop), (after + 1, last)), "according_mid", "unit", last, None)


def _nominal(page: Page, first: int, last: int, noun: int) -> Iterator[Proposal]:
    lower = page.lower
    speaker: Phrase | None = None
    cue = (noun, noun + 1)
    kind = "nominal_" + lower[noun + 1]
    start = noun + 1 if lower[noun + 1] == "to" else noun + 2
    if lower[noun + 1] == "by":
        speaker = subject_after(page, noun + 2, last)
        if speaker is None or speaker.end >= last or lower[speaker.end] != "that":
            return
        kind = "nominal_that"
        start = speaker.end + 1
    elif noun > first:
        before = noun - 1
        if lower[before].endswith(("'s", "’s", "s'", "s’")) and page.is_capitalised(before):
            low = before
            while (
                low > first
                and page.is_capitalised(low - 1)
                and lower[low - 1] not in lexicon.OPENING_ADVERBS
                and page.pair_of[low - 1] == NO_PAIR
            ):
                low -= 1
            speaker = Phrase(low, noun, "name", 7500)
        elif lower[before] in lexicon.POSSESSIVES:
            speaker = Phrase(before, noun, "pronoun", 6500)
    yield from _with_ends(page, cue, noun, lower[noun], speaker, kind, start, last, None)


def _verbal(page: Page, first: int, last: int, verb: int, cue: Cue, cues: dict[str, Cue]) -> Iterator[Proposal]:
    lower, pair_of = page.lower, page.pair_of
    floor = verb
    while floor > first and floor > verb - 40 and pair_of[floor - 1] == NO_PAIR:
        floor -= 1
    speaker, group = subject_of(page, cues, verb, cue, floor, first)
    span = (group, verb + 1)
    start = verb + 1
    if start < last:
        word = lower[start]
        if word == "that":
            yield from _with_ends(page, span, verb, cue.lemma, speaker, "that", start + 1, last, cue)
        elif word in ("whether", "how", "what", "why", "if", "where", "when", "who"):
            yield from _with_ends(page, span, verb, cue.lemma, speaker, "wh", start, last, cue)
        elif word == "to":
            yield from _with_ends(page, span, verb, cue.lemma, speaker, "to", start, last, cue)
        elif word in lexicon.PREPOSITIONS and word != "that":
            yield from _with_ends(page, (group, start + 1), verb, cue.lemma, speaker, "prep", start + 1, last, cue)
            yield from _with_ends(page, span, verb, cue.lemma, speaker, "withprep", start, last, cue)
        elif word[0].isalnum() or pair_of[start] != NO_PAIR or word in ("$", "#", "@"):
            yield from _with_ends(page, span, verb, cue.lemma, speaker, "bare", start, last, cue)
        adjunct = _after_time(page, start, last)
        if adjunct > start:
            yield from _with_ends(page, span, verb, cue.lemma, speaker, "after_time", adjunct, last, cue)
        if word != "that":
            for at in range(start, min(last - 1, start + _REACH)):
                if lower[at] in (";", ":", ".") and pair_of[at] == NO_PAIR:
                    break
                if lower[at] == "that" and pair_of[at] == NO_PAIR:
                    yield from _with_ends(page, span, verb, cue.lemma, speaker, "late_that", at + 1, last, cue)
                    break
            for at in range(start + 1, min(last - 1, start + 7)):
                if lower[at] in (";", ":", ".", ",") or pair_of[at] != NO_PAIR:
                    break
                if lower[at] in ("to", "of", "as", "for", "whether", "how", "why", "about"):
                    keep = at if lower[at] in ("to", "whether", "how", "why") else at + 1
                    yield from _with_ends(page, span, verb, cue.lemma, speaker, "late_" + lower[at], keep, last, cue)
                    break
            if (pair_of[start] == NO_PAIR and lower[start] == ",") or lower[start] == ":":
                yield from _with_ends(page, span, verb, cue.lemma, speaker, "after_comma", start + 1, last, cue)
    if cue.form == "participle" or cue.act == "judge":
        return
    yield from _fronted(page, first, last, verb, cue, speaker, group)


def _after_time(page: Page, start: int, last: int) -> int:
    """The token after "yesterday", "on Friday", "in a statement" behind a cue; `start` where no such words stand."""
    lower = page.lower
    at = start
    if at < last and lower[at] in ("on", "in", "at", "last", "this", "late", "early"):
        at += 1
        while at < min(last, start + 5) and (lower[at] in lexicon.TIME_WORDS or lower[at] in _ADJUNCT_WORDS or lower[at].isdigit()):
            at += 1
        return at if lower[at - 1] in lexicon.TIME_WORDS or lower[at - 1] in _ADJUNCT_NOUNS or lower[at - 1].isdigit() else start
    while at < min(last, start + 3) and lower[at] in (
        "yesterday",
        "today",
        "tonight",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "morning",
    ):
        at += 1
    return at


_ADJUNCT_NOUNS = lexicon.word_set(
    "statement interview letter email tweet speech report morning evening afternoon night conference release post twitter facebook"
)
_ADJUNCT_WORDS = _ADJUNCT_NOUNS | lexicon.word_set("a an the his her their its news press")


def _fronted(page: Page, first: int, last: int, verb: int, cue: Cue, speaker: Phrase | None, group: int) -> Iterator[Proposal]:
    """CLAUSE, X said. / CLAUSE, said X. / CLAUSE, X said, CLAUSE."""
    lower = page.lower
    after = verb + 1
    comma = -1
    if speaker is not None and speaker.start - 1 > first and lower[speaker.start - 1] in (",", "—", "–"):
        comma = speaker.start - 1
        who: Phrase | None = speaker
    elif speaker is not None and speaker.start - 1 > first and speaker.end <= group and _ends_with_comma(page, speaker.start - 1):
        comma = speaker.start
        who = speaker
    elif group - 1 > first and lower[group - 1] in (",", "—", "–"):
        comma = group - 1
        who = subject_after(page, verb + 1, last)
        if who is None:
            return
        after = who.end
    if comma < 0:
        return
    start = first
    while start < comma and lower[start] in (",", "but", "and", "yet"):
        start += 1
    if start >= comma:
        return
    following = lower[after] if after < last else "."
    tail = "end" if after >= last else "comma" if following == "," else "time" if following in _TIME_OPENERS else "other"
    yield proposal_of(page, (group, verb + 1), verb, cue.lemma, who, ((start, comma),), "front", tail, last, cue)
    for at in range(comma - 1, start, -1):
        if lower[at] in _BREAKERS and lower[at - 1] == "," and at + 2 < comma:
            yield proposal_of(page, (group, verb + 1), verb, cue.lemma, who, ((at + 1, comma),), "front_part", tail, last, cue)
            break
    if tail == "comma" and after + 3 < last:
        yield proposal_of(page, (group, verb + 1), verb, cue.lemma, who, ((start, comma), (after + 1, last)), "split", tail, last, cue)


def _ends_with_comma(page: Page, token: int) -> bool:
    """Whether the token is the mark that closes a quotation after a comma: “...,” Poe said."""
    pair = page.pair_of[token]
    return pair != NO_PAIR and page.outer[pair].is_closed and page.text[page.outer[pair].end - 1] in ",!?"


def _with_ends(
    page: Page, span: tuple[int, int], verb: int, lemma: str, speaker: Phrase | None, kind: str, start: int, last: int, cue: Cue | None
) -> Iterator[Proposal]:
    """The stretch from `start` with each of the places where it may end."""
    lower, pair_of = page.lower, page.pair_of
    while start < last and lower[start] in (",", "—", "–", ":", "-"):
        start += 1
    if start >= last:
        return
    ends: dict[str, int] = {"unit": last}
    quote_end = False
    for at in range(start + 1, last):
        if pair_of[at] != NO_PAIR:
            quote_end = True
            continue
        word = lower[at]
        if quote_end and "quote" not in ends:
            ends["quote"] = at
        quote_end = False
        if word == ",":
            following = lower[at + 1] if at + 1 < last else ""
            ends.setdefault("comma", at)
            if following in _BREAKERS:
                ends.setdefault("comma_conj", at)
            elif following in _RELATIVE_BREAKERS:
                ends.setdefault("comma_rel", at)
            elif following.endswith("ing") or following == "according":
                ends.setdefault("comma_ing", at)
        elif word in (";", ":", "—", "–", "("):
            ends.setdefault("dash", at)
        elif word in _BREAKERS or word == "according":
            ends.setdefault("conj_" + ("and" if word in ("and", "or") else "sub"), at)
        elif (word in lexicon.PREPOSITIONS and word != "of") or word in lexicon.TIME_WORDS:
            ends.setdefault("prep", at)
        elif word in ("to", "that", "who", "which"):
            ends.setdefault("rel", at)
    taken: set[int] = set()
    for name, stop in ends.items():
        while stop > start and lower[stop - 1] in (",", "—", "–", "and"):
            stop -= 1
        if stop > start and stop not in taken:
            taken.add(stop)
            yield proposal_of(page, span, verb, lemma, speaker, ((start, stop),), kind, name, last, cue)
