"""Which predictions a reader can check: by when, what, and said how firmly; and what later documents say of it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from firstsaid.checking.case import Case
from firstsaid.checking.lexicon import GLUE, NEGATIONS, PRONOUNS, WEEKDAYS_AND_MONTHS
from firstsaid.checking.tokens import keys_of, sentence_around
from firstsaid.model import MINUTES_PER_DAY, Prediction
from firstsaid.text import key

SHORT_DAYS, NEWS_DAYS = 62, 14
"""A day of the next two weeks is news, one of the next two months an appointment unless it is called a deadline."""

MIN_RARE = 0.35
"""Weight (see `rarity`) from which a word says which thing a sentence is about: in a hundred documents, one of at most eight."""

MIN_SHARED, MIN_SHARED_WEIGHT = 2, 1.6
"""Words, and their weight together with one for each pair that stands together; half of the weight is asked of a document at large."""

MIN_RAREST = 0.6
"""Weight of the rarest shared word in a sentence that neither doubts nor confirms: "New York" and "primary" alone show no common thing."""

SHORT_SENTENCE = 8
"""A heading or an item of a list names the thing; what is said of it comes next."""

MAX_LATER = 40
"""Later documents looked at for one prediction, the latest first."""


def _keys(listed: str) -> frozenset[str]:
    return frozenset(key(word) for word in listed.split())


DEADLINES = _keys("by before within deadline bis vor innerhalb avant d'ici antes dentro entro binnen voor före senast")
"""Words that make a day a deadline; without one, a day of the next weeks is an appointment."""

VAGUE = _keys(
    "coming several few couple some near soon future years ahead foreseeable sometime eventually while long longer over "
    "kommenden nächsten einige bald prochains prochaines quelques bientôt próximos próximas algunos prossimi komende"
)
"""Horizons in these words have no day at which anybody could be held to them."""

SEASONS = _keys(
    "spring summer autumn fall winter quarter frühjahr frühling sommer herbst printemps été automne hiver primavera verano otoño"
)

FIRM = _keys(
    "will shall plan plans planned intend intends intend scheduled promise promises promised pledge pledges pledged commit commits "
    "committed "
    "guarantee guarantees guaranteed due track aims aim target targets vow vows vowed deadline must required requires "
    "wird werden soll sollen plant versprochen va vont doit promet prévu será deberá promete zal moet ska"
)

GUESSES = _keys(
    "may might could should perhaps probably likely unlikely hope hopes hopefully think believe believes would appears seems if suppose "
    "könnte vielleicht wahrscheinlich pourrait peut probablement espère podría quizás probablemente potrebbe"
)

FINISHING = _keys(
    "available online live launch stop stopped phase ban banned deploy deployed deliver submit submitted vaccinate plant planted "
    "abolish abolished "
    "open opens opened reopen reopened finish finished complete completed deliver delivered build built launch launched close closed "
    "sell sold "
    "publish published replace replaced restore restored return returned ready operational done end ended leave implement implemented "
    "install installed repay repaid pay paid eliminate eliminated reach reached cut start started begin withdraw withdrawn remove "
    "removed "
    "reduce reduced double doubled add added create created hire hired provide provided introduce introduced sign signed achieve "
    "achieved "
    "eröffnet fertig fertiggestellt abgeschlossen gebaut ouvrir ouvert achevé terminé construit abrir abierto terminado completado "
    "aperto "
    "geopend klaar öppna klar"
)
"""What can be seen to be done or not done by a day."""

ANNOUNCED = _keys(
    "released release published publish announced report reports data figures hearing meeting meet speak testify vote election"
)
"""Of events that come by the calendar nobody is held to account."""

PENDING = _keys(
    "still yet delay delays delayed postpone postponed unfinished incomplete overdue behind late stalled halted suspended missed "
    "abandoned "
    "scrapped cancelled canceled shelved slipped extended never "
    "verspätet verzögert verschoben noch retard retardé reporté encore aplazado retrasado todavía aún rinviato ancora uitgesteld försenad"
)
"""Signs in a later sentence that the thing has not come about."""

FULFILLED = _keys(
    "opened reopened completed finished began begun launched delivered inaugurated closed sold signed replaced restored installed "
    "achieved "
    "enacted implemented unveiled "
    "eröffnet fertiggestellt abgeschlossen inauguré ouvert achevé terminé inaugurado abierto terminado aperto inaugurato geopend invigd"
)

_AGENDA = re.compile(
    r"\b(?:I|[Ww]e)(?:['’]ll| will| shall| am going to| would like to| want to| plan to| am pleased to)\s+"
    r"(?:\w+ly |now |then |first |also |later )?"
    r"(?:finish|discuss|talk|turn|conclude|describe|address|return|speak|focus|share|review|say|explain|offer|outline|begin|start|touch|"
    r"summarize|present|argue|cover|look|watch|continue|monitor|need|get|see|have|hear|know|learn|receive)\b"
)
"""What a speaker says about the speech, or about what he will hear of in the next weeks."""


_CLAUSE_END = re.compile(r"[;:–—]|,\s(?:and|but|or|because|while|so|und|aber|et|mais|y|pero|with)\s")


@dataclass(frozen=True, slots=True)
class Later:
    """A sentence of a later document about the same thing. `sign`: 1 not yet, -1 done, 0 neither.

    `weight`: of the words that it shares with the prediction, and one more for each pair that stands together in both ("filter hall").
    """

    document_id: str
    start: int
    end: int
    sign: int
    weight: float


def horizon_days(prediction: Prediction, published: int) -> int:
    """Days from the publication to the end of the horizon."""
    return max(0, ((prediction.horizon_latest or 0) - published) // MINUTES_PER_DAY)


def checkable(case: Case, prediction: Prediction) -> int:
    """How well the prediction can be checked, about 0..4,000; negative where no fact-checker would try."""
    document_id = prediction.document_id
    start, end = prediction.horizon_start or prediction.start, prediction.horizon_end or prediction.end
    sentence = case.words(document_id, prediction.start, prediction.end)
    horizon = case.words(document_id, start, end)
    before = keys_of(case.words(document_id, max(prediction.start, start - 24), start))[-3:]
    named = (*keys_of(horizon), *before)
    rest = keys_of(case.words(document_id, prediction.start, max(prediction.start, start)))
    rest += keys_of(case.words(document_id, end, max(end, prediction.end)))
    heading = case.headings[document_id]
    ahead = horizon_days(prediction, heading.latest or 0)
    is_deadline = any(word in DEADLINES for word in named)
    is_exact = any(word in WEEKDAYS_AND_MONTHS or (word[:1].isdigit() and len(word) > 1) or word in SEASONS for word in named)
    if ahead < NEWS_DAYS or (ahead <= SHORT_DAYS and not is_deadline):
        return -1
    if any(word in VAGUE for word in keys_of(horizon)) and not (is_deadline and any(word[:1].isdigit() for word in keys_of(horizon))):
        return -1
    has_figure = any(word[:1].isdigit() for word in rest)
    finishes = any(word in FINISHING for word in rest)
    if _AGENDA.search(sentence) or (ahead <= SHORT_DAYS and not finishes and any(word in ANNOUNCED for word in rest)):
        return -1
    firm, guesses = any(word in FIRM for word in rest), any(word in GUESSES for word in rest)
    if guesses and not (firm and finishes and is_deadline):
        return -1
    if not is_deadline and not (is_exact and finishes and firm):
        return -1
    if not finishes and not has_figure and not (is_exact and firm):
        return -1
    score = 1_200 * is_deadline + 600 * is_exact + 900 * finishes + 500 * has_figure + 600 * firm - 500 * guesses
    return score + 400 * bool(_inner_names(sentence))


def _inner_names(sentence: str) -> frozenset[str]:
    """Keys of capitalised words inside a sentence, months and the first word left aside."""
    words = re.findall(r"[^\W\d_]+", sentence)[1:]
    keys = {key(word) for word in words if word[:1].isupper() and len(word) > 2}
    return frozenset(keys - WEEKDAYS_AND_MONTHS - GLUE)


def _clause(case: Case, prediction: Prediction) -> str:
    """The words of the clause that holds the horizon, without the horizon: what else the sentence says is another matter."""
    start, end = prediction.horizon_start or prediction.start, prediction.horizon_end or prediction.start
    before = case.words(prediction.document_id, prediction.start, max(prediction.start, start))
    after = case.words(prediction.document_id, end, max(end, prediction.end))
    opening = list(_CLAUSE_END.finditer(before))
    closing = _CLAUSE_END.search(after)
    return before[opening[-1].end() if opening else 0 :] + " " + after[: closing.start() if closing else len(after)]


def rare_words(case: Case, prediction: Prediction) -> frozenset[str]:
    """Words that say which thing the prediction is about, its horizon left out."""
    words = _clause(case, prediction)
    return frozenset(
        word for word in keys_of(words)
        if len(word) > 3 and not word[:1].isdigit() and word not in GLUE and word not in WEEKDAYS_AND_MONTHS
        and word not in FINISHING and word not in FIRM and case.rarity.weight(word) >= MIN_RARE
    )  # fmt: skip


def later_words(case: Case, predictions: list[Prediction]) -> dict[str, Later]:
    """For each prediction's id, what the corpus says of its thing afterwards: a sentence that tells, else the latest.

    Cost: one pass over all words, and a few dozen sentences each.
    """
    wanted = {prediction.id: rare_words(case, prediction) for prediction in predictions}
    listed = list(case.headings)
    order = case.in_order(document_id for document_id, heading in case.headings.items() if heading.earliest is not None)
    place = {document_id: at for at, document_id in enumerate(order)}
    found_in = case.vocabulary.texts_with({word for words in wanted.values() for word in words})
    postings = {word: sorted({listed[at] for at in texts} & place.keys(), key=lambda one: -place[one]) for word, texts in found_in.items()}
    foretold: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for prediction in predictions:
        foretold[prediction.document_id].append((prediction.start, prediction.end))
    found = {}
    for prediction in predictions:
        later = _later(case, prediction, wanted[prediction.id], postings, order, foretold)
        if later is not None:
            found[prediction.id] = later
    return found


def _later(
    case: Case, prediction: Prediction, words: frozenset[str], postings: dict[str, list[str]], order: list[str],
    foretold: dict[str, list[tuple[int, int]]],
) -> Later | None:  # fmt: skip
    here = case.headings[prediction.document_id]
    weights: dict[str, list[float]] = defaultdict(list)
    for word in sorted(words):
        for document_id in postings.get(word, ()):
            if here.is_before(case.headings[document_id]):
                weights[document_id].append(case.rarity.weight(word))
    enough = [one for one, held in weights.items() if len(held) >= MIN_SHARED and sum(held) >= MIN_SHARED_WEIGHT / 2]
    place = {document_id: at for at, document_id in enumerate(case.in_order(enough))}
    best: tuple[bool, float, int, Later] | None = None
    told = _told(case, prediction, words)
    for document_id in sorted(enough, key=lambda one: -place[one])[:MAX_LATER]:
        for later in _sentences_about(case, prediction, document_id, told):
            if any(start < later.end and later.start < end for start, end in foretold.get(document_id, ())) and later.sign <= 0:
                continue
            ranked = (later.sign != 0, round(later.weight, 6), place[document_id], later)
            if best is None or ranked[:3] > best[:3]:
                best = ranked
    return best[3] if best is not None else None


@dataclass(frozen=True, slots=True)
class _Told:
    """What is looked for elsewhere: the keys of a prediction's sentence, and the rare words, names and pairs of words of its clause."""

    said: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def _told(case: Case, prediction: Prediction, words: frozenset[str]) -> _Told:
    said = frozenset(keys_of(case.words(prediction.document_id, prediction.start, prediction.end)))
    clause = _clause(case, prediction)
    pairs = frozenset(pair for pair in pairwise(keys_of(clause)) if words.intersection(pair) and not GLUE.intersection(pair))
    return _Told(said, words, _inner_names(clause), pairs)


def _sentences_about(case: Case, prediction: Prediction, document_id: str, told: _Told) -> list[Later]:
    """Sentences that share enough of the rare words; those that tell first."""
    text = case.text(document_id)
    said, words, names, pairs = told.said, told.words, told.names, told.pairs
    is_after = (case.headings[document_id].earliest or 0) > (prediction.horizon_latest or 0)
    folded = text.casefold()
    starts: set[tuple[int, int]] = set()
    for word in sorted(words):
        at, seen = folded.find(word), 0
        while at >= 0 and seen < 20 and len(folded) == len(text):
            starts.add(sentence_around(text, at, at + len(word)))
            at, seen = folded.find(word, at + len(word)), seen + 1
    found = []
    for start, end in sorted(starts):
        end = _with_next(text, start, end)
        keys = keys_of(text[start:end])
        shared = words.intersection(keys)
        pending = any(word in PENDING for word in keys) or (is_after and any(word in NEGATIONS for word in keys))
        done = any(word in FULFILLED for word in keys)
        together = pairs.intersection(pairwise(keys))
        weight = case.rarity.total(shared) + len(together) + 0.5 * len(shared & names)
        if not (pending or done) and max(map(case.rarity.weight, shared), default=0.0) < MIN_RAREST:
            continue
        is_named = bool(together) or bool(shared & names) or len(shared) >= 2 * MIN_SHARED
        if len(shared) < MIN_SHARED or weight < MIN_SHARED_WEIGHT or not is_named:
            continue
        # The sentence itself, printed again, says nothing new.
        if len(said.intersection(keys)) >= 0.8 * len(said):
            continue
        found.append(Later(document_id, start, end, 1 if pending else -1 if done else 0, weight))
    return sorted(found, key=lambda later: (later.sign == 0, later.start))


def _with_next(text: str, start: int, end: int) -> int:
    """The end of the next sentence too, where this one only names its thing ("The footbridge. It is three stumps.")."""
    rest = text[end : end + 60].lstrip()
    following = keys_of(rest)[:1]
    if len(keys_of(text[start:end])) >= SHORT_SENTENCE and not (following and following[0] in PRONOUNS):
        return end
    at = end + len(text[end : end + 60]) - len(rest)
    return end if at - end > 2 or at >= len(text) else sentence_around(text, at, at + 1)[1]
