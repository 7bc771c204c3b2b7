"""Where names stand in one text: runs of capitalised words without titles, and without what only looks like a name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from firstsaid.parsing import lexicon
from firstsaid.parsing.structure import Page
from firstsaid.parsing.time_names import closes_name, opens_name
from firstsaid.text import key

TITLES = lexicon.word_set(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady sen senator rep representative gov governor president prime minister chancellor
    secretary mayor king queen prince princess pope bishop archbishop cardinal rev reverend father sister judge justice general gen colonel
    col major maj captain capt lieutenant lt sergeant sgt admiral commander officer detective sheriff chief director ambassador
    congressman congresswoman councillor councilman councilwoman attorney herr frau bürgermeister bürgermeisterin ministerin kanzler
    kanzlerin präsident präsidentin ingenieur ingenieurin professorin sprecher sprecherin direktorin monsieur madame mme mlle señor
    señora don doña
    mp mps mep meps msp
    former deputy vice acting interim senators representatives ministers presidents whip leader official spokesman spokeswoman chairman
    chairwoman spokesperson premier sheikh sheikha shaykh imam ayatollah rabbi mullah brigadier constable inspector honorable honourable
    superintendent chairperson congressmen congresswomen
    """
)
_CUT_SHORT = lexicon.word_set("mr mrs ms mx dr prof sen rep gov rev gen col maj capt lt sgt adm mme mlle st jr sr")
"""Words whose stop ends no sentence; that of "the director." does, and what follows has its capital from it."""
_NOT_NAMES = (
    lexicon.PRONOUNS | lexicon.POSSESSIVES | lexicon.DETERMINERS | lexicon.AUXILIARIES | lexicon.SUBORDINATORS | lexicon.PREPOSITIONS
    | lexicon.TIME_WORDS | lexicon.OPENING_ADVERBS
    | lexicon.word_set("yes no please thank thanks ok mr mrs ms dr new north south east west der die das ein eine er sie es wir le la les")
    | lexicon.word_set("un une il elle el los i'm i've it's unlike despite like saying mondays tuesdays wednesdays thursdays fridays")
    | lexicon.word_set("afterwards saturdays sundays spring summer autumn winter today's yesterday's some many several")
)  # fmt: skip
_ALSO_NAMES = lexicon.word_set("general major king prince queen justice judge father sister")  # General Motors, Prince Edward Island
_RANKS = lexicon.word_set("senior junior associate assistant alternate special managing general first second deputy vice members member")
PARTICLES = lexicon.word_set("de da la del della der den van von zu zum zur bin ibn ben abu al-")
_JOINERS = lexicon.word_set("of for and & the on de des du del della der für und y e et")
BODY_WORDS = lexicon.word_set(
    """
    agency ministry department party council bank university institute inc corp company committee commission union federation league
    association society foundation fund office bureau court parliament senate congress house government authority army navy police press
    times post journal herald news service board organisation organization center centre college school church club group group's ltd llc
    company corporation observatory museum hospital works waterworks trust alliance front movement force forces academy
    ministerium behörde amt partei verein gesellschaft universität stadtrat rat ministère parti conseil société université ministerio
    partido consejo universidad sociedad
    """
)
CONTRACTED = re.compile(r"(i|you|he|she|it|we|they)['’](?:m|s|re|ve|d|ll)$")
_TAIL = re.compile(
    r"-(?:related|based|led|backed|set|era|wide|style|like|owned|born|run|held|funded|friendly|occupied|controlled|supervised|only|type|majority|minority|"
    r"[a-z]{3,}ed|[a-z]{3,}ing)$"
)
"""What makes a word of a name that is none: "COVID-related", "Norland-backed"; the name ends at the hyphen."""
_BREAKS = lexicon.word_set("but however although because while when if then")
"""Words that with a capital begin a sentence whose stop was lost, and are no part of a name."""
_AFTER_A_BODY = lexicon.word_set("he she it they we this these those today yesterday")
"""The same, where a body's name is complete before them: "the Harbour Board He said"."""
_GLUED = re.compile(r"([^\W\d_]*[a-zà-ÿ]{2,})\.[A-Z][a-z]{2,}$")
"""A sentence that begins without a space after the stop: "Ann Poe.Image"."""

_ARTICLED = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az|ul)-[^\W\d_a-z]")
_MARKED = re.compile(r"([^\W\d_][a-zà-ÿ]{3,})\d{1,3}")
"""A footnote marker glued to a name: "Marsh2"."""

MAX_NAME_TOKENS = 9
MAX_WORD_CHARS = 40  # longer runs of letters are no words; without a bound one token could be a whole text
MAX_HEADING_TOKENS = 20  # a longer line without a stop is prose
MIN_HEADING_WORDS = 4  # "Ann Poe, Mayor" is a signature; so few capitalised words are as likely a name


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Tokens `first`..`last` (exclusive) of a name without titles. `words`: their keys; `surface`: as it stands, without possessive.

    `stop`: the code point where it ends. `title`: the title or form of address that stands right before it, or nothing.
    """

    first: int
    last: int
    words: tuple[str, ...]
    surface: str
    stop: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Capitals:
    """How the words of one text use capitals: only what stands inside a sentence and outside of headings says anything of names."""

    opens: bytearray
    headings: bytearray
    inner: Counter[str]
    small: Counter[str]


def is_large(word: str) -> bool:
    """Whether a word begins like a name: with a capital, or an article and a capital ("al-Masri")."""
    return word[0].isupper() or _ARTICLED.match(word) is not None


def kept(word: str) -> str:
    """What of a token belongs to a name: without a possessive ending, a glued sentence, "-related".

    >>> kept("Poe's"), kept("COVID-related"), kept("Poe.Image")
    ('Poe', 'COVID', 'Poe')
    """
    word = word.removesuffix("'s").removesuffix("’s")
    if word[-1:].isdigit() and (marked := _MARKED.fullmatch(word)):
        word = marked.group(1)
    if "-" in word:
        word = _TAIL.sub("", word)
    if "." in word and (glued := _GLUED.fullmatch(word)):
        word = glued.group(1)
    return word


def name_spans(page: Page) -> list[NameSpan]:
    """The names of a text in order. Linear in tokens."""
    capitals = _capitals(page)
    # Last words of longer sequences: the only single words that are names in German, where all nouns are capitalised.
    last_words: set[str] = set()
    if page.language == "de":
        words, lower = page.words, page.lower
        last_words = {
            lower[t] for t in range(1, len(words)) if words[t][0].isupper() and words[t - 1][0].isupper() and not capitals.opens[t - 1]
        }
    spans: list[NameSpan] = []
    at = 0
    n_tokens = len(page.words)
    while at < n_tokens:
        word = page.words[at]
        if not is_large(word) or len(word) > MAX_WORD_CHARS:
            at += 1
            continue
        start, end = _without_edges(page, capitals, at, _name_end(page, at))
        at = max(end, at + 1)
        if start < end and (span := _span(page, capitals, last_words, start, end)) is not None:
            spans.append(span)
    return _parted(page, capitals, spans)


def _capitals(page: Page) -> _Capitals:
    words, lower = page.words, page.lower
    # At the beginning of a sentence a word is a name only if it stands capitalised inside one too, and nowhere in lower case.
    opens = bytearray(len(words) + 1)
    for first, _ in page.units:
        opens[first] = 1
        if first + 1 < len(words) and not words[first][0].isalnum():
            opens[first + 1] = 1
    headings = _title_tokens(page)
    inner: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for token, word in enumerate(words):
        if word[0].islower():
            small[word] += 1
        elif word[0].isupper() and not opens[token] and not headings[token] and not _follows_stop(words, lower, token):
            inner[_plain(lower[token])] += 1
    return _Capitals(opens, headings, inner, small)


def _follows_stop(words: list[str], lower: list[str], token: int) -> bool:
    """Whether a sign stands before the token after which any word may have a capital: no comma, no stop of "Mr." or "H."."""
    if not token or words[token - 1][0].isalnum() or words[token - 1] in ",(":
        return False
    return not (
        words[token - 1] == "."
        and token > 1
        and (lower[token - 2] in _CUT_SHORT or (len(words[token - 2]) == 1 and words[token - 2].isupper()))
    )


def _plain(word: str) -> str:
    """A lower-case word as it is looked up: without a possessive ending, with one kind of apostrophe."""
    return word.replace("’", "'").removesuffix("'s")


def _title_tokens(page: Page) -> bytearray:
    """For each token 1 if it stands in a heading or a quoted title in Title Case or capitals, where capitals say nothing of names."""
    found = bytearray(len(page.words) + 1)
    if page.language == "de":
        return found
    lines = [
        (first, end)
        for first, end in page.units
        if end - first <= MAX_HEADING_TOKENS and page.words[end - 1] not in (".", "!", "?", "”", '"', ",", ";")
    ]
    quoted = ((page.token_at(pair.start), page.tokens_before(pair.end)) for pair in page.outer if pair.end - pair.start < 200)
    lines += [(first, end) for first, end in quoted if end - first <= MAX_HEADING_TOKENS]
    for first, end in lines:
        large = [t for t in range(first, end) if page.words[t][0].isalpha() and page.lower[t] not in lexicon.SMALL_WORDS]
        if len(large) >= MIN_HEADING_WORDS and all(page.text[page.starts[t]].isupper() for t in large):
            found[first:end] = b"\x01" * (end - first)
    return found


def _without_edges(page: Page, capitals: _Capitals, start: int, end: int) -> tuple[int, int]:
    """The run without titles and words that only open the sentence before it, and without small words after it."""
    words, lower = page.words, page.lower
    while (
        start < end
        and (
            lower[start] in _NOT_NAMES
            or CONTRACTED.match(lower[start])
            or (capitals.opens[start] and _is_opening_verb(page, start, end))
            or is_title(lower[start])
            or not words[start][0].isalnum()
        )
        and not (lower[start] in ("new", "north", "south", "east", "west") and end - start > 1)
        and not (lower[start] in lexicon.TIME_WORDS and end - start > 1 and opens_name(words, start, bool(capitals.opens[start])))
    ):
        start += 1
    for inner in range(end - 2, start, -1):
        # "Norland President Ann Poe" is Ann Poe; "President of Norland" stays.
        if lower[inner] in TITLES and words[inner + 1][0].isupper() and (end - inner > 2 or lower[inner] not in _ALSO_NAMES):
            start = inner + 1
            break
    while end > start and (
        not words[end - 1][0].isalnum()
        or lower[end - 1] in _JOINERS
        or (lower[end - 1] in lexicon.TIME_WORDS and not (end - start > 1 and closes_name(words, end - 1)))
    ):
        end -= 1
    return start, end


def is_title(word: str) -> bool:
    """Whether a lower-case word is a title, also one of several parts: "minister", "vice-president", "president-elect"."""
    return word in TITLES or (
        "-" in word and all(part in TITLES or part in ("elect", "designate", "emeritus", "in", "law") for part in word.split("-"))
    )


def _is_office(word: str) -> bool:
    """Whether a word names an office or a rank, and no body: "economist", "director"."""
    return word not in BODY_WORDS and any(one in lexicon.ROLES or one in TITLES or one in _RANKS for one in (word, word.removesuffix("s")))


def _is_opening_verb(page: Page, start: int, end: int) -> bool:
    """Whether a run begins with a verb or participle that opens its sentence: "Saying", "Asked"."""
    word = page.lower[start]
    return end - start > 1 and (word in lexicon.cues("en") or word in lexicon.COMMON_VERBS) and page.language == "en"


def _span(page: Page, capitals: _Capitals, last_words: set[str], start: int, end: int) -> NameSpan | None:
    words, lower = page.words, page.lower
    plain = tuple(word for t in range(start, end) if words[t][0].isalnum() and (word := key(kept(words[t]))))
    if not plain:
        return None
    is_cut = start > 1 and lower[start - 1] == "." and lower[start - 2] in _CUT_SHORT
    before = lower[start - 1 - is_cut] if start > 0 else ""
    title = before if before in TITLES - _ALSO_NAMES else ""
    is_initial = (bool(capitals.opens[start]) or _follows_stop(words, lower, start)) and not (title and start > 1)
    if len(plain) == 1:
        single = _plain(lower[start])
        if (is_initial and (single not in capitals.inner or single in capitals.small)) or single in _NOT_NAMES | _RANKS or len(single) < 2:
            return None
        if words[start] != page.text[page.starts[start] : page.ends[start]] or words[start] == "Us":
            return None  # in a text of capitals only; the pronoun
        if page.language == "de" and not words[start].isupper() and single not in last_words:
            return None  # every German noun has a capital
        if capitals.small[single] >= max(1, capitals.inner[single]) and single not in BODY_WORDS and not words[start].isupper():
            return None  # "the Plan" of a text that mostly says "the plan"
    elif page.language in ("en", None) and all(word in TITLES or _is_office(word) for word in plain):
        return None  # "Senior Associate Director" is an office
    if capitals.headings[start] and not all(word in capitals.inner for word in plain):
        return None  # a heading in Title Case or capitals gives no name that the text below it does not give
    stop = min(page.starts[end - 1] + len(kept(words[end - 1])), page.ends[end - 1])
    return NameSpan(start, end, plain, _surface(page, start, end, stop), stop, title)


def _surface(page: Page, first: int, last: int, stop: int) -> str:
    """A name as it stands, with single spaces; in a text of capitals only, with one capital a word."""
    if page.words[first] != page.text[page.starts[first] : page.ends[first]]:
        return " ".join(page.words[t] for t in range(first, last) if page.words[t][0].isalnum())
    return " ".join(page.text[page.starts[first] : stop].split())


def _parted(page: Page, capitals: _Capitals, spans: list[NameSpan]) -> list[NameSpan]:
    """The spans without words that the text shows to be no part of them.

    A place that ends a title stands apart from the person: "First Minister of Scotland | Nicola Sturgeon".
    """
    known = Counter(span.words for span in spans)
    found: list[NameSpan] = []
    for span in spans:
        if _opening_is_common(page, capitals, span, known):
            found.append(_cut(page, span, 1, len(span.words)))
        elif len(span.words) > 2 and _is_office(span.words[-1]) and known[span.words[:-1]]:
            found.append(_cut(page, span, 0, len(span.words) - 1))  # a list of names with offices: "Ann Poe Economist"
        elif at := _place_end(page, span, known):
            found.append(_cut(page, span, 0, at))
            found.append(replace(_cut(page, span, at, len(span.words)), title=page.lower[span.first - 2]))
        elif (offices := _leading_offices(span)) > 0:
            found.append(_cut(page, span, offices, len(span.words)))
        else:
            found.append(span)
    return found


def _leading_offices(span: NameSpan) -> int:
    """How many words before a person's name say what the person is: "Neighbour Tom Roe"."""
    if len(span.words) < 3 or any(word in BODY_WORDS or word in _JOINERS for word in span.words):
        return 0
    n_offices = 0
    while n_offices < len(span.words) - 2 and _is_office(span.words[n_offices]):
        n_offices += 1
    return n_offices


def _cut(page: Page, span: NameSpan, low: int, high: int) -> NameSpan:
    """Words `low`..`high` of a span."""
    tokens = [t for t in range(span.first, span.last) if page.words[t][0].isalnum() and key(kept(page.words[t]))][low:high]
    first, last = tokens[0], tokens[-1]
    stop = page.starts[last] + len(kept(page.words[last]))
    return NameSpan(first, last + 1, span.words[low:high], _surface(page, first, last + 1, stop), stop)


def _opening_is_common(page: Page, capitals: _Capitals, span: NameSpan, known: Counter[tuple[str, ...]]) -> bool:
    """Whether a name's first word has its capital only from opening the sentence, and the rest is a name: "Redeem Treasury"."""
    word = span.words[0]
    if len(span.words) < 2 or not capitals.opens[span.first] or page.language not in ("en", None) or word in capitals.inner:
        return False
    stem = word[:-3] if word.endswith("ing") else ""
    is_small = word in capitals.small or (len(stem) > 2 and (stem in capitals.small or stem + "e" in capitals.small))
    return is_small and bool(known[span.words[1:]])


def _place_end(page: Page, span: NameSpan, known: Counter[tuple[str, ...]]) -> int:
    """How many of a span's words are the place of a title before it; 0 where none is.

    What stands alone elsewhere in the text decides; else, in a longer span, a person's name is taken to have two words.
    """
    before = span.first - 1
    if before > 1 and page.lower[before] == "the":
        before -= 1
    n_words = len(span.words)
    if n_words < 3 or before < 1 or page.lower[before] not in ("of", "for", "from") or page.lower[before - 1] not in TITLES:
        return 0
    if any(word in BODY_WORDS or word in _JOINERS for word in span.words):
        return 0
    surname = span.words[-1:]
    shortest = 2 if span.words[0] in ("new", "united", "north", "south", "east", "west", "san", "saint", "great") else 1
    for at in range(n_words - 2, shortest - 1, -1):
        if known[span.words[:at]] > known[span.words] or known[span.words[at:]] or (at == n_words - 2 and known[surname]):
            return at
    return n_words - 2 if n_words > 3 and span.words[-2] not in PARTICLES else 0


def _name_end(page: Page, first: int) -> int:
    words, lower = page.words, page.lower
    at = first + 1
    limit = min(len(words), first + MAX_NAME_TOKENS)
    pair = page.pair_of[first]
    while at < limit and page.pair_of[at] == pair:
        word = words[at]
        if "\n" in page.text[page.ends[at - 1] : page.starts[at]]:
            break
        if kept(words[at - 1]) != words[at - 1]:
            break
        if is_large(word):
            if lower[at] in lexicon.DETERMINERS and lower[at] != "the":
                break
            if lower[at] in _BREAKS or (lower[at] in _AFTER_A_BODY and lower[at - 1] in BODY_WORDS):
                break
            if word == "I" and at == first + 1 and page.opens_unit(first) and not (at + 1 < limit and words[at + 1] == "."):
                break  # "Girls I know": the one pronoun with a capital
            at += 1
        elif word == "." and (len(words[at - 1]) == 1 or lower[at - 1] in _CUT_SHORT):
            if at + 1 < limit and words[at + 1][0].isupper() and lower[at + 1] not in lexicon.SMALL_CLASSES:
                at += 1
            else:
                break  # "D. From time to time" is the fourth item of a list
        elif (
            (lower[at] in PARTICLES and _before_large(page, at, limit))
            or (word in "'’" and words[at - 1][-1] == "s" and at + 1 < limit and lower[at + 1] in BODY_WORDS)  # Workers' Federation
            or (lower[at] in ("of", "for", "&") and at + 1 < limit and _goes_on(page, at, first))
            or (lower[at] == "the" and words[at - 1] in ("of", "for") and at + 1 < limit and words[at + 1][0].isupper())
            or (
                lower[at] == "and"
                and at + 1 < limit
                and words[at + 1][0].isupper()
                and lower[at + 1] not in _CUT_SHORT
                and any(lower[t] in BODY_WORDS for t in range(first, at))
                and (lower[at - 1] not in BODY_WORDS)
            )
        ):
            at += 1
        else:
            break
    return at


def _before_large(page: Page, at: int, limit: int) -> bool:
    """Whether a capital follows the particle, or other particles with a capital after them: "van der Berg"."""
    while at + 1 < limit and page.lower[at + 1] in PARTICLES and page.words[at + 1][0].islower():
        at += 1
    return at + 1 < limit and page.words[at + 1][0].isupper()


def _goes_on(page: Page, at: int, first: int) -> bool:
    """Whether "of" belongs to the name: Bank of Norland, Ministry for the Sea; not: Ann Poe of Norland."""
    following = page.words[at + 1]
    if page.lower[at] == "&":
        return following[0].isupper()
    is_capital = following[0].isupper() or (page.lower[at + 1] == "the" and at + 2 < len(page.words) and page.words[at + 2][0].isupper())
    return is_capital and any(page.lower[t] in BODY_WORDS for t in range(first, at))
