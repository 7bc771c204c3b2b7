"""Who can say something: names, persons, bodies and texts; not "the case determined", "able", "three times"."""

from __future__ import annotations

import re
from dataclasses import replace

from firstsaid.parsing import lexicon
from firstsaid.parsing.statements import Statement
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.time_names import closes_name

_PERSONS = lexicon.word_set(
    """
    tycoon hopeful associate admiral general fellow counsel criminal adult superdelegate independent look-alike head specialist
    academic accountant activist actress advocate agent ally ambassador anybody anyone applicant assistant attendant aunt baby
    billionaire boss bureaucrat candidate captain cardinal celebrity chef child children cleric clerk client coach colleague comic
    conservative consultant cop correspondent couple cousin dad daughter defendant delegate democrat deputy descendant detective
    diplomat dissident doctor duchess elder envoy everybody everyone fan father folks girl governess graduate guest guy half
    heiress hero host hostess husband imam immigrant incumbent individual informant inhabitant insider intellectual judge junior
    juror kid lad ladies lady liberal lieutenant local magnate major man mate mayor mechanic medic men merchant migrant
    millionaire moderate mogul mom monk mother mum native neighbor neighbour neurosurgeon nobody nun nurse occupant official
    operative opponent other parent participant patient peer people person physicist pilot poet pope premier president princess
    professional progressive proponent pundit rabbi referee relative representative republican resident respondent rival saint
    sceptic scholar scribe skeptic somebody someone son source spokeswoman spouse spy student superintendent surgeon suspect
    technocrat tenant thief twin uncle vet veteran victim waitress whistleblower wife witness woman women youth
    """
)
_BODIES = lexicon.word_set(
    """
    administration agency airline alliance army association authority bank bench board branch broadcaster bureau business cabinet
    camp campaign chamber charity chorus church city club coalition college commission committee community company conference
    congregation congress consortium council country county court crew crowd delegation department embassy establishment faction
    family federation firm force foundation fund government group hospital house industry institute institution jury kingdom
    laboratory leadership league majority maker market media military ministry minority mission movement municipality museum
    nation navy network office opposition organisation organization outlet panel parish parliament party police presidency press
    province public publication railway regime regiment republic school secretariat senate service side society squad staff state
    subsidiary supplier synod team think-tank town tribunal union unit university village works
    """
)
_TEXTS = lexicon.word_set(
    """
    biography communication series copy average projection analyses sign platform word reporting
    account act ad advertisement advisory affidavit agreement almanac analysis announcement app appeal archive article audit
    ballot bill blog book brief brochure bulletin caption census chapter charter chronicle column complaint constitution contract
    correction data database declaration decree diary dispatch document draft e-mail editorial email entry essay evaluation
    evidence figure file filing film finding forecast guidance guideline headline indictment inquiry inscription instruction
    investigation journal judgement judgment law lawsuit leaflet ledger legend legislation letter log magazine manifesto manual
    map memo memoir memorandum message minutes motion newsletter newspaper note notice obituary op-ed opinion order page pamphlet
    paper paragraph passage petition placard plaque poem policy poll polling post poster prayer proposal prospectus protocol psalm
    questionnaire receipt record recording regulation release report research resolution result review rule ruling schedule
    scripture sentence sign site song spreadsheet statement statistics statute story study submission summary survey testimony
    text textbook title transcript translation treaty tweet verdict version video warrant website will
    """
)
_QUANTITIES = lexicon.word_set(
    "some many most others both several few those all none neither half majority minority third quarter percent % one two three four five "
    "six seven eight nine ten three-fourths two-thirds three-quarters dozens hundreds thousands plenty number more fewer"
)
_ALONE = lexicon.word_set(
    "some many others another both several few none neither most those more everyone everybody nobody someone somebody critics"
)
# Words in -er, -or, -ist, -ian, -ee that are no persons; each was seen, or would be, before a cue.
_NO_PERSONS = lexicon.word_set(
    """
    abdomen after agree anger another answer assist barrier behavior better bigger border cancer center centre chamber chapter
    checklist closer coffee color colour computer consist container copper corner corridor cover danger deeper degree dinner
    disaster door earlier easier either error ever exist exterior factor faster favor fee fever fewer fiber fibre filter finger
    fist flavor flee floor flower for former free further gender german gist greater guarantee harbor harder her higher honor hour
    human hunger hyper indoor inferior inner insist interior knee labor ladder larger later latter layer letter list liter litre
    longer lower lumber major master's matter median member's meter metre minor mirror mist motor neither never newer nor number
    offer older omen or order our outdoor outer over paper per persist poor power prior proper quarter rather reactor regimen
    resist river roman rubber rumor sector see server sewer shoulder shower silver slower smaller specimen stronger summer super
    superior terror theater their three thunder timber timer tower trailer transfer tree tumor twist under upper vapor vector
    water weaker weather whatever whether wider winter wonder wrist younger your
    """
)
_PERSON_ENDING = re.compile(
    r"(?:[a-z]{2}er|[a-z]{2}or|[a-z]{2}ist|[a-z]{2}ian|[a-z]{2}ee|(?:^|[a-z])m[ae]n|wom[ae]n|people|person|folk|mates?)$"
)
_HEAD_ENDS = lexicon.PREPOSITIONS | lexicon.word_set("who whom whose that which , ; : — – - (")
_CONTRACTION = re.compile(r"(?:i|you|he|she|it|we|they|who|that|there|let)['’](?:m|s|re|ve|d|ll)")
_TRAILING = lexicon.word_set("just finally out overall here there familiar present alike also alone today himself herself themselves")
_ADJECTIVES = lexicon.word_set("leading ruling ranking sitting working competing opposing dissenting acting")


def voiced(page: Page, statement: Statement) -> Statement:
    """The statement with its speaker's span cut to who can speak, or without a speaker: when unsure, none. English only."""
    if statement.speaker is None or page.language != "en" or statement.speaker_kind in ("pronoun", "relative"):
        return statement
    start, end = page.token_at(statement.speaker[0]), page.tokens_before(statement.speaker[1])
    if end - start == 1 and (page.lower[start] in lexicon.PRONOUNS | lexicon.POSSESSIVES or _CONTRACTION.fullmatch(page.lower[start])):
        return statement
    if statement.form == "block" and (page.lower[end - 1] in lexicon.TEXT_NOUNS | lexicon.OWN_TEXTS or _is_numbered(page, start, end)):
        return statement  # "The answer came in July:" says whose words follow as well as it can be said
    if any(page.pair_of[token] != NO_PAIR for token in range(start, end)):
        return statement  # the company's own “privacy promise”: the marks say that it is a text's name
    tokens = _voice(page, start, end)
    if tokens is None:
        return replace(statement, speaker=None, speaker_kind="none", speaker_name=None, confidence=max(500, statement.confidence - 500))
    if tokens == (start, end):
        return statement
    low, high = tokens
    return replace(statement, speaker=(page.starts[low], page.ends[high - 1]))


def _is_numbered(page: Page, start: int, end: int) -> bool:
    """Whether a phrase is a part of a text with its number: "Page nine", "Article 4"."""
    number = page.lower[end - 1]
    return (
        end - start == 2
        and (is_speaking_noun(page.lower[start]) or page.lower[start] in lexicon.TEXT_NOUNS)
        and (number.isdigit() or number in _QUANTITIES)
    )


def _voice(page: Page, start: int, end: int) -> tuple[int, int] | None:
    lower = page.lower
    stop = start + 1
    while stop < end and lower[stop] not in _HEAD_ENDS:
        stop += 1
    if stop < end and lower[stop] in ("on", "in", "at", "earlier") and any(lower[t] in lexicon.TIME_WORDS for t in range(stop, end)):
        end = stop  # Sean Spicer on Thursday evening
    head = stop - 1
    while head > start and (not (lower[head][0].isalnum() or lower[head] == "%") or lower[head] in _TRAILING):
        head -= 1
    if end == stop and lower[end - 1] in _TRAILING:
        end = stop = head + 1
    if stop < end and lower[stop] in ("of", "in", "out") and (lower[head] in _QUANTITIES or lower[head].isdigit()):
        if stop + 2 == end and (lower[end - 1] in _QUANTITIES or lower[end - 1].isdigit()):
            return start, end  # one in five
        if stop + 1 < end and lower[stop] == "of" and lower[stop + 1] in ("them", "us", "these", "those"):
            return start, end  # "one of them"
        inner = _voice(page, stop + 1, end)
        return (start, inner[1]) if inner else None
    is_lower_noun = page.words[head][0].islower() and can_speak(page, head, start)
    if stop + 2 < end and lower[stop] == "," and page.is_capitalised(stop + 1) and page.is_capitalised(stop + 2):
        return start, end  # "another superdelegate, Ann Poe": whatever the noun is, a name explains it
    if (_has_clause(page, start, stop) and not is_lower_noun) or _begins_with_verb(page, start, stop):
        return None
    if can_speak(page, head, start):
        return start, end
    if head > start and _is_verb(lower[head]):
        # "Polls taken in Ohio" is one phrase; in "the moderators came" the verb goes, and "also" before it.
        noun = head - 1
        while noun > start and (lower[noun] in lexicon.ADVERBS or lower[noun].endswith("ly")):
            noun -= 1
        if can_speak(page, noun, start):
            return (start, end) if stop < end or lower[noun] in _ALONE else (start, noun + 1)
    return None


def _is_verb(word: str) -> bool:
    return word in lexicon.COMMON_VERBS or (word.endswith("ed") and len(word) > 4) or word in lexicon.cues("en")


def _begins_with_verb(page: Page, start: int, stop: int) -> bool:
    """Whether the phrase is a verb with its object ("help people") or holds a pronoun with its verb ("Every year I'm")."""
    lower = page.lower
    if any(_CONTRACTION.fullmatch(lower[token]) for token in range(start, stop)):
        return True
    first = lexicon.cues("en").get(lower[start])
    # "hacking specialists" and "leading Democrats" begin with an adjective, "visiting Oulu" and "help people" with a verb.
    is_verb = lower[start] in lexicon.COMMON_VERBS or lower[start].endswith("ing") or (first is not None and first.form == "base")
    is_adjective = lower[start] in _ADJECTIVES or (
        lower[start].endswith("ing") and page.words[stop - 1][0].islower() and can_speak(page, stop - 1, start)
    )
    return stop - start > 1 and page.words[start][0].islower() and is_verb and not is_adjective and not is_speaking_noun(lower[start])


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
    if page.is_capitalised(head) or not page.words[head].isascii():
        if word in ("will", "may", "so", "on") and head == start and not page.words[head].isupper():
            return word == "will"
        is_small = word in lexicon.SMALL_CLASSES or word in lexicon.TIME_WORDS or word in lexicon.OPENING_ADVERBS
        is_small = is_small and not (head > start and closes_name(page.words, head))
        return not is_small or (head == start and word in _ALONE)
    if (head == start and word in _ALONE) or word in ("%", "percent"):
        return True
    if word.endswith("year-old") or (word == "one" and head == start + 1 and page.lower[start] in ("no", "any")):
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
