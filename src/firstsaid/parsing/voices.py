"""Who can say something: names, persons, bodies and texts; not "the case determined", "able", "three times"."""

from __future__ import annotations

import re
from dataclasses import replace

from firstsaid.parsing import lexicon
from firstsaid.parsing.statements import Statement
from firstsaid.parsing.structure import Page

_PERSONS = lexicon.word_set(
    """
    agent ally assistant applicant accountant attendant aunt baby boss client captain cardinal celebrity chef child children cleric clerk
    colleague comic consultant cop correspondent couple cousin dad daughter deputy defendant descendant detective dissident doctor elder
    everybody everyone fan father folks girl graduate guest guy half hero host husband immigrant incumbent individual informant inhabitant
    insider intellectual judge junior juror kid lad lady ladies lieutenant liberal conservative moderate progressive local magnate major
    mate mechanic medic merchant migrant mogul mom monk mother mum native neighbour neighbor nun nurse occupant official opponent other
    parent participant patient peer person people pilot poet president proponent pundit relative representative resident respondent
    rival saint scribe skeptic sceptic somebody someone son spouse spy student superintendent suspect tenant twin uncle veteran victim
    wife witness youth advocate delegate candidate academic professional physicist coach referee pope rabbi imam mayor thief vet
    whistleblower premier diplomat democrat republican bureaucrat technocrat activist nobody anyone anybody ambassador envoy spokeswoman
    source scholar billionaire millionaire operative surgeon neurosurgeon governess hostess actress waitress princess duchess heiress men women man woman
    """
)
_BODIES = lexicon.word_set(
    """
    administration agency alliance army association authority bank bench board branch broadcaster bureau business cabinet camp campaign
    chamber charity chorus church city club coalition college commission committee community company congress council country county court crew
    crowd delegation department embassy establishment faction family federation firm force foundation fund government group hospital house
    industry institute institution jury kingdom laboratory leadership leadership league majority maker market media military ministry
    minority mission movement municipality museum nation navy network office opposition organisation organization outlet panel parliament
    party police press presidency province public publication regime regiment republic school secretariat senate service side
    society staff state squad subsidiary supplier team think-tank town tribunal union unit university village works airline railway
    authority consortium conference congregation parish synod
    """
)
_TEXTS = lexicon.word_set(
    """
    account act ad advertisement advisory affidavit agreement almanac analysis announcement app appeal archive article audit ballot bill
    blog book brief brochure bulletin caption census chapter charter chronicle column complaint constitution contract correction data
    database declaration decree diary dispatch document draft editorial email e-mail entry essay evidence evaluation figure file filing
    film finding forecast guideline guidance headline indictment inquiry inscription instruction investigation journal judgment judgement
    law lawsuit leaflet ledger legend legislation letter log magazine manifesto manual map memo memoir memorandum message minutes
    motion newspaper newsletter note notice obituary op-ed opinion order page pamphlet paper paragraph passage petition placard plaque
    poem policy poll polling poster post prayer proposal prospectus protocol psalm questionnaire receipt record recording regulation release
    report research resolution result review rule ruling schedule scripture sentence sign site song spreadsheet statement statistics
    statute story study submission summary survey testimony text textbook title transcript translation treaty tweet verdict version
    video warrant website will
    """
)
_QUANTITIES = lexicon.word_set(
    "some many most others both several few those all none neither half majority minority third quarter percent % one two three four five "
    "six seven eight nine ten three-fourths two-thirds three-quarters dozens hundreds thousands plenty number more fewer"
)
_ALONE = lexicon.word_set("some many others another both several few none neither most everyone everybody nobody someone somebody critics")
# Words in -er, -or, -ist, -ian, -ee that are no persons; each was seen, or would be, before a cue.
_NO_PERSONS = lexicon.word_set(
    """
    number order water matter whether summer winter power river computer answer corner center centre offer danger anger hunger dinner
    border cover fever layer quarter cancer disaster weather whatever never ever under rather further former latter better lower higher
    greater larger smaller longer later older younger ladder trailer timer server container sewer tower shower flower barrier theater
    after over upper inner outer either neither another silver copper timber lumber rubber thunder wonder chamber member's
    paper letter chapter master's proper super hyper hour our your their her bigger stronger weaker faster slower newer harder easier
    earlier wider deeper closer fewer per transfer shoulder finger filter fiber fibre meter metre liter litre order gender
    factor sector door floor error color colour labor harbor minor major interior exterior behavior favor honor motor corridor reactor
    mirror terror vector for or nor poor prior rumor tumor vapor flavor indoor outdoor superior inferior
    list exist resist insist twist assist consist persist mist fist wrist checklist gist
    median three free tree fee coffee see degree agree guarantee knee flee
    human specimen regimen omen abdomen german roman
    """
)
_PERSON_ENDING = re.compile(
    r"(?:[a-z]{2}er|[a-z]{2}or|[a-z]{2}ist|[a-z]{2}ian|[a-z]{2}ee|(?:^|[a-z])m[ae]n|wom[ae]n|people|person|folk|mates?)$"
)
_HEAD_ENDS = lexicon.PREPOSITIONS | lexicon.word_set("who whom whose that which , ; : — – - (")
_CONTRACTION = re.compile(r"(?:i|you|he|she|it|we|they|who|that|there|let)['’](?:m|s|re|ve|d|ll)")
_TRAILING = lexicon.word_set("here there familiar present alike also alone today himself herself themselves")
_ADJECTIVES = lexicon.word_set("leading ruling ranking sitting working competing opposing dissenting acting")


def voiced(page: Page, statement: Statement) -> Statement:
    """The statement with its speaker's span cut to who can speak, or without a speaker: when unsure, none. English only."""
    if statement.speaker is None or page.language != "en" or statement.speaker_kind in ("pronoun", "relative"):
        return statement
    start, end = page.token_at(statement.speaker[0]), page.tokens_before(statement.speaker[1])
    if end - start == 1 and (page.lower[start] in lexicon.PRONOUNS | lexicon.POSSESSIVES or _CONTRACTION.fullmatch(page.lower[start])):
        return statement
    tokens = _voice(page, start, end)
    if tokens is None:
        return replace(statement, speaker=None, speaker_kind="none", speaker_name=None, confidence=max(500, statement.confidence - 500))
    if tokens == (start, end):
        return statement
    low, high = tokens
    return replace(statement, speaker=(page.starts[low], page.ends[high - 1]))


def _voice(page: Page, start: int, end: int) -> tuple[int, int] | None:
    lower = page.lower
    stop = start + 1
    while stop < end and lower[stop] not in _HEAD_ENDS:
        stop += 1
    if stop < end and lower[stop] in ("on", "in", "at", "earlier") and any(lower[t] in lexicon.TIME_WORDS for t in range(stop, end)):
        end = stop  # Sean Spicer on Thursday evening
    if stop + 1 < end and lower[stop] == "," and lower[stop + 1] in ("who", "whose", "which"):
        end = stop
    head = stop - 1
    while head > start and (not (lower[head][0].isalnum() or lower[head] == "%") or lower[head] in _TRAILING):
        head -= 1
    if end == stop and lower[end - 1] in _TRAILING:
        end = stop = head + 1
    if stop < end and lower[stop] in ("of", "in", "out") and (lower[head] in _QUANTITIES or lower[head].isdigit()):
        inner = _voice(page, stop + 1, end)
        return (start, inner[1]) if inner else None
    if _has_clause(page, start, stop) or _begins_with_verb(page, start, stop):
        return None
    if can_speak(page, head, start):
        return start, end
    if head > start and _is_verb(lower[head]):
        # "Polls taken in Ohio" is one phrase; in "the moderators came" the verb goes, and "also" before it.
        noun = head - 1
        while noun > start and (lower[noun] in lexicon.ADVERBS or lower[noun].endswith("ly")):
            noun -= 1
        if can_speak(page, noun, start):
            return (start, end) if stop < end else (start, noun + 1)
    return None


def _is_verb(word: str) -> bool:
    return word in lexicon.COMMON_VERBS or (word.endswith("ed") and len(word) > 4) or word in lexicon.cues("en")


def _begins_with_verb(page: Page, start: int, stop: int) -> bool:
    """Whether the phrase is a verb with its object ("help people") or holds a pronoun with its verb ("Every year I'm")."""
    lower = page.lower
    if any(_CONTRACTION.fullmatch(lower[token]) for token in range(start, stop)):
        return True
    first = lexicon.cues("en").get(lower[start])
    is_verb = (
        lower[start] in lexicon.COMMON_VERBS
        or (lower[start].endswith("ing") and lower[start] not in _ADJECTIVES)
        or (first is not None and first.form != "finite")
    )
    return stop - start > 1 and page.words[start][0].islower() and is_verb and not is_speaking_noun(lower[start])


def _has_clause(page: Page, start: int, stop: int) -> bool:
    """Whether a name, a verb and more words stand before the head: "Afterwards Trump visited California"."""
    return any(
        page.words[token][0].islower()
        and (page.lower[token] in lexicon.COMMON_VERBS or page.lower[token].endswith("ed"))
        and page.is_capitalised(token - 1)
        and page.lower[token - 1] not in lexicon.SMALL_CLASSES
        and "-" not in page.words[token]
        for token in range(start + 1, stop - 1)
    )


def can_speak(page: Page, head: int, start: int) -> bool:
    """Whether the noun at token `head` of the phrase that begins at `start` names a person, a body or a text."""
    word = page.lower[head].removesuffix("'s").removesuffix("’s")
    if page.words[head][0].isupper() or not page.words[head].isascii():
        if word in ("will", "may", "so", "on") and head == start and not page.words[head].isupper():
            return word == "will"
        return word not in lexicon.SMALL_CLASSES and word not in lexicon.TIME_WORDS and word not in lexicon.OPENING_ADVERBS or (
            head == start and word in _ALONE
        )  # fmt: skip
    if (head == start and word in _ALONE) or word in ("%", "percent"):
        return True
    if word in lexicon.DETERMINERS or word in lexicon.AUXILIARIES:
        return False
    return is_speaking_noun(word)


def is_speaking_noun(word: str) -> bool:
    """Whether a lower-case noun names a person, a body or a text that states something."""
    forms = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y" if word.endswith("ies") else word)
    if any(form in _PERSONS or form in _BODIES or form in _TEXTS or form in lexicon.ROLES for form in forms):
        return True
    return any(_PERSON_ENDING.search(form) is not None for form in forms[:2]) and not any(form in _NO_PERSONS for form in forms)
