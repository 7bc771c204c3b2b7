"""Sentences about a time after the document's date: future forms, plans and forecasts, with horizon and condition.

Left out: questions, requirements ("applicants shall"), habits ("he will often"), general truths, what was future in the past ("would"),
conclusions about the present ("that will be the postman"). A prediction without a horizon is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from firstsaid.model import MINUTES_PER_DAY, DateRange, Prediction, Quotation, digest
from firstsaid.parsing.figures.calendar import published_day
from firstsaid.parsing.horizons import Horizon, find_horizon

MAX_SENTENCE = 2000  # characters; what is longer is a table or a list that lost its line ends
_ADVERB = r"(?:(?:not|never|also|now|soon|then|still|likely|probably|eventually|definitely|certainly|almost certainly|n't) ){0,2}"
_ENGLISH = re.compile(
    rf"\b(?:will|won['’]t|shall)\b(?! (?:and testament|of the|to))"
    rf"|(?<=[a-z])['’]ll\b"
    rf"|\b(?:is|are|am|['’]re|['’]s|['’]m) {_ADVERB}going to (?!the\b|a\b|an\b|school\b|work\b|court\b|church\b|[A-Z])"
    rf"|\b(?:is|are|am|remains?) {_ADVERB}(?:widely |still |currently |now )?(?:expected|projected|forecast|forecasted|"
    rf"predicted|scheduled|slated|set|due|poised|likely|unlikely|certain|bound|"
    rf"anticipated|planned|on track|on course|about|destined|estimated) to (?!date\b)"
    rf"|\b(?:is|are) {_ADVERB}(?:due|expected|scheduled|slated|forecast|planned) "
    rf"(?:in|on|by|for|back|home|before|at the|over|next|this|from|tomorrow|later|after)\b"
    rf"|\b(?:expects?|forecasts?|predicts?|anticipates?|projects|plans?|intends?|aims?|pledges?|promises?|vows?|hopes|"
    rf"proposes) to (?!have been\b)"
    rf"|\b(?:expects?|forecasts?|predicts?|anticipates?|foresees?|projects) (?:that |the |a |an |inflation |growth |its |prices |to |it )"
    rf"|\b(?:have|has) (?:pledged|promised|vowed|committed|planned|agreed|scheduled|predicted|forecast) (?:to|that)\b"
)
_GERMAN = re.compile(
    r"\b(?:wird|werden|werde)\b(?=.{3,200}?\b\w{2,}(?:en|ern|eln|n)\b[ ]?(?:[.,;:!]|$|und|oder|als|dass|wenn))|\b(?:soll|"
    r"sollen) (?:bis|im Jahr|nächste)",
    re.DOTALL,
)
_WEAK_ENGLISH = re.compile(
    r"\b(?:could|may|might|would)\b (?!have\b)|\b(?:chance|likelihood|probability|risk|odds) (?:of|that)\b"
    r"|\b(?:plays|meets|opens|reopens|starts|begins|closes|ends|leaves|arrives|returns|faces|hosts|votes|expires|resumes|launches|"
    r"runs out|takes (?:office|effect|over)|goes on (?:trial|sale)|comes into force) "
    r"|(?<=[a-z]) to (?:host|open|close|return|start|begin|end|leave|face|play|join|buy|sell|cut|build|resign|"
    r"retire|launch|hold|visit|vote) "
)
_LENGTH_OF_TIME = re.compile(r"(?:within|in|over|during|inside|for)\b.*\b(?:hour|day|week|month|year|decade)s?\b", re.IGNORECASE)
"""What was said in the past may count from then: "he said that it would open within two years"."""
_GERMAN_PLAN = re.compile(r"\b(?:soll|sollen|will|wollen|plant|planen|wird|werden|werde)\b")
"""Forms of the present, too: a prediction only where a time to come is named."""
_GERMAN_PASSIVE = re.compile(
    r"\b(?:wird|werden|werde)\b[^.!?]{0,200}\b(?:ge\w{2,}(?:t|en)|\w+iert|ver\w+t|be\w+t|er\w+t)\b(?! (?:werden|worden|sein|haben|"
    r"bleiben|können|müssen))"
)
_FRENCH = re.compile(
    r"\b(?:sera|seront|aura|auront|fera|feront|ira|iront|pourra|pourront|devra|devront|viendra|verra|\w{3,}(?:era|eront|ira|"
    r"iront))\b|\b(?:va|vont) \w+(?:er|ir|re)\b",
    re.IGNORECASE,
)
_SPANISH = re.compile(
    r"\b(?:será|serán|tendrá|tendrán|habrá|hará|podrá|\w{3,}(?:ará|arán|erá|erán|irá|irán))\b|\b(?:va|van) a \w+(?:ar|er|ir)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"将|將|会在|預計|预计|预期|預期|预料|计划|計劃|拟于")
_JAPANESE = re.compile(r"だろう|見込み|見通し|予定|予測|計画|でしょう|つもり")
_BY_LANGUAGE = {"zh": _CHINESE, "ja": _JAPANESE, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}

_HABIT = re.compile(r"\bwill (?:often|always|usually|sometimes|generally|typically|occasionally|regularly|frequently|normally)\b")
_EVERY = re.compile(r"\b(?:daily|every (?:day|week|night|morning|year)|on weekdays|at all times|plus tard)\b")
"""What is so every day is no event to come; "trois ans plus tard" tells what came later, in the future of a story."""
_RULE = re.compile(
    r"\bshall\b|\b(?:applicants?|participants?|licensees?|lessees?|tenants?|contractors?|members|students|candidates|parties|"
    r"you|users|customers|bidders) "
    r"(?:will|are|is) (?:be )?(?:required|asked|need|have|expected|responsible|liable|obliged)\b|\bwill be (?:required|"
    r"obliged) to\b(?! (?:leave|resign))",
    re.IGNORECASE,
)
_REQUIRED = re.compile(
    r"\b(?:is|are) (?:expected|due|supposed) to (?:comply|wear|follow|arrive|behave|obey|pay|report to|"
    r"adhere|attend)\b"
)
_WISH = re.compile(
    r"\b(?:will you|if you will|goodwill|free will|at will|last will|against (?:his|her|their|its) will|political will|will "
    r"power|the will|his will|her will|their will|a will|God['’]s will|iron will)\b",
    re.IGNORECASE,
)
_NOT_FUTURE = re.compile(
    r"\bwill (?:have to admit|recall|remember|note|notice|see (?:below|above|that|from)|find (?:below|that)|be familiar|"
    r"discuss below|focus (?:my|on)|describe|argue|talk about|"
    r"now turn|turn to|begin by|conclude|briefly|start by|return to|say|mention|offer|review|explain)\b"
)  # what a speaker does in the speech itself, what readers know
_MY_OWN_TALK = re.compile(
    r"\b(?:I|[Ww]e|[Ll]et me|I['’]ll|[Ww]e['’]ll)(?: will| won['’]t)?(?: not)? (?:just |also |first |now |then |briefly "
    r")?(?:begin|start|assume|get into|look at|put|use|leave|stop|share|close|touch|spend|"
    r"give you|tell you|take questions|be honest|admit|let|go through|come back|refer|call|outline|summarize|address|skip|add|"
    r"pause|be brief)\b"
)
_CONDITION = re.compile(
    r"\b(?:if|unless|provided(?: that)?|(?:as|so) long as|in case|should (?=\w+ \w+ )|assuming|in the event (?:that|of)|subject to|"
    r"contingent on|"
    r"depending on|pending (?=approval|review|the )|weather (?=permitting)|once (?=\w+ \w+ )|wenn|falls|sofern|vorausgesetzt|si|à "
    r"condition que|pourvu que|à moins que|"
    r"siempre que|a menos que)\b",
    re.IGNORECASE,
)
_CONDITION_ENDS = re.compile(r",|;|:|\bthen\b|[\"”»]|(?<=\w)[.!?](?:\s|$)")
_FOLLOWED = re.compile(r"\s*([^\s]{1,20})")


def find_predictions(
    text: str,
    sentences: Sequence[tuple[int, int]],
    quotations: Sequence[Quotation],
    *,
    document_id: str = "",
    published: DateRange | None = None,
    language: str | None = None,
) -> list[Prediction]:
    """Every predicting sentence in order. Horizons that depend on the document's date stay unresolved where it is unknown to a week.

    `quotations` decide `is_quoted`: whether the future form itself lies in somebody's words. Linear in the text.
    """
    today = published_day(published)
    base_language = (language or "en").split("-")[0]
    pattern = _BY_LANGUAGE.get(base_language, _ENGLISH)
    spans = sorted((item.start, item.end) for item in quotations)
    reach = _running_ends(spans)
    found: list[Prediction] = []
    for start, end in sentences:
        if end - start > MAX_SENTENCE:
            continue
        sentence = text[start:end]
        cues = _cues(sentence, pattern)
        plans = [] if cues or sentence.rstrip("\"”’»') ").endswith("?") else _plans(sentence, pattern)
        if not cues and not plans:
            continue
        condition = _condition(sentence, start)
        horizon = find_horizon(_without(sentence, condition, start), start, today, base_language)
        if not cues and (horizon is None or (pattern is _ENGLISH and not _is_ahead(text, horizon, plans[0], start, today))):
            continue
        cues = cues or plans
        if horizon is None and _EVERY.search(sentence):
            continue
        if horizon is None and pattern is _ENGLISH:
            cues = [match for match in cues if not _is_weak(sentence, match, _lies_in(spans, reach, start + match.start()))]
            if not cues:
                continue
        cue = cues[0].start()
        found.append(
            Prediction(
                id=digest("prediction", document_id, start, end),
                document_id=document_id,
                start=start,
                end=end,
                horizon_start=horizon.start if horizon else None,
                horizon_end=horizon.end if horizon else None,
                horizon_earliest=horizon.earliest if horizon else None,
                horizon_latest=horizon.latest if horizon else None,
                condition_start=condition[0] if condition else None,
                condition_end=condition[1] if condition else None,
                is_quoted=_lies_in(spans, reach, start + cue),
            )
        )
    return found


def _running_ends(spans: list[tuple[int, int]]) -> list[int]:
    ends: list[int] = []
    for _, end in spans:
        ends.append(max(end, ends[-1]) if ends else end)
    return ends


def _lies_in(spans: list[tuple[int, int]], reach: list[int], position: int) -> bool:
    at = bisect_right(spans, (position, 1 << 62)) - 1
    return at >= 0 and reach[at] > position


def _plans(sentence: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """Forms that foretell something only where a time to come is named."""
    if pattern is _GERMAN:
        return list(_GERMAN_PLAN.finditer(sentence))
    return list(_WEAK_ENGLISH.finditer(sentence)) if pattern is _ENGLISH else []


def _without(sentence: str, condition: tuple[int, int] | None, offset: int) -> str:
    """The sentence with blanks in place of its condition: "unless a buyer is found by March" says when to find one, not when it ends."""
    if condition is None:
        return sentence
    start, end = condition[0] - offset, condition[1] - offset
    return sentence[:start] + " " * (end - start) + sentence[end:]


_HEAD_CHARS = 60
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|be|been|do|does|did|\w{2,}ed|\w{3,}s|want|need|like|said|able|likely|due|set|I|we|you|they)\b"
)


def _is_ahead(text: str, horizon: Horizon, cue: re.Match[str], offset: int, today: int | None) -> bool:
    """Whether the time surely lies after the document: a modal verb alone foretells nothing. `offset`: of the sentence."""
    if today is None or horizon.latest is None or horizon.latest < (today + 1) * MINUTES_PER_DAY:
        return False
    words = text[horizon.start : horizon.end]
    if cue.group().startswith(" to "):  # a headline: "Oldmere to host the games in 2027" has no other verb
        return cue.start() < _HEAD_CHARS and _FINITE.search(text[offset : offset + cue.start()]) is None
    if horizon.start < offset + cue.start() and not re.search(r"\b(?:next|tomorrow|\d{4})\b", words):
        return False  # "On Monday a judge ruled that they could see them"
    return not (cue.group().startswith("would") and _LENGTH_OF_TIME.match(words))


def _cues(sentence: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """The future forms without their look-alikes."""
    if sentence.rstrip("\"”’»') ").endswith("?"):
        return []
    if pattern is _GERMAN and _GERMAN_PASSIVE.search(sentence) and " werden" not in sentence.split("wird", 1)[-1]:
        return []
    return [match for match in pattern.finditer(sentence) if pattern is not _ENGLISH or not _is_look_alike(sentence, match)]


# What is said of a time to come only in form: of the reader, of the writer, of whoever fits a description, of what is not told.
_WEAK_BEFORE = re.compile(
    r"(?:\b(?:you|who|whoever|whom|those that|one|nobody|no one|anyone|anybody)|\bthat|\bwhich)\s(?:\w+ly\s)?$", re.IGNORECASE
)
_OWN_BEFORE = re.compile(r"\b(?:i|we)\s?$", re.IGNORECASE)
_WEAK_AFTER = re.compile(
    r"\s(?:not\s|never\s|hardly\s|only\s|always\s)*(?:say|tell|need|know|remember|forget|notice|believe|understand|mind|matter|do|"
    r"think|guess|admit|"
    r"suffice|doubtless|agree|weep)\b"
)


def _is_weak(sentence: str, match: re.Match[str], is_quoted: bool) -> bool:
    """Whether a future form without a horizon states no event and no plan of anybody: "you will not need to be told"."""
    before = sentence[max(0, match.start() - 30) : match.start()]
    if _WEAK_BEFORE.search(before) or (not is_quoted and _OWN_BEFORE.search(before)):
        return True
    return (
        match.group().lower() in ("will", "won't", "won’t", "shall", "'ll", "’ll") and _WEAK_AFTER.match(sentence, match.end()) is not None
    )


_MAY_BE_NOUN = re.compile(r"(?:plans?|promises?|pledges?|aims?|hopes|forecasts?|projects|vows?) ")
_DETERMINER = re.compile(r"\b(?:a|an|the|its|their|his|her|our|my|your|this|that|these|those|no|any|some|of|for|with|under|new|old) $")


def _is_look_alike(sentence: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    around = sentence[max(0, start - 30) : end + 40]
    at = start - max(0, start - 30)
    for look_alike in (_WISH, _HABIT, _NOT_FUTURE, _MY_OWN_TALK, _RULE, _REQUIRED):
        if any(other.start() <= at + (end - start) and at <= other.end() for other in look_alike.finditer(around)):
            return True
    word = match.group()
    if word in ("Will", "will") and sentence[end : end + 2].strip()[:1].isupper() and word == "Will":
        return True  # Will Smith
    if word == "will" and (follows := _FOLLOWED.match(sentence, end)) and follows.group(1)[0] in '.,;:)”"':
        return True
    before = sentence[max(0, start - 25) : start].lower()
    if _MAY_BE_NOUN.match(word) and _DETERMINER.search(before):
        return True  # "making a plan to wind down", "the promise to pay"
    return bool(re.search(r"\b(?:was|were|been|being) $|\b(?:that|he|she|it|they|who) (?:had|would have) $|\bif (?:\w+ ){1,3}$", before))


_HAN_CONDITION = re.compile(r"(?:如果|假如|若|倘若|もし|只要|除非)[^，,。、]{2,80}")


def _condition(sentence: str, offset: int) -> tuple[int, int] | None:
    if (han := _HAN_CONDITION.search(sentence)) is not None:
        return offset + han.start(), offset + han.end()
    for match in _CONDITION.finditer(sentence):
        before = sentence[max(0, match.start() - 10) : match.start()].lower()
        if before.endswith(("as ", "even ", "see ", "ask ", "asked ", "know ", "only ", "what ", "wonder ")) and not before.endswith(
            ("even ", "only ")
        ):
            continue
        if match.group().lower().startswith(("should", "once")) and match.start() > 0:
            continue  # "it should", "once a year"
        stop = _CONDITION_ENDS.search(sentence, match.end())
        end = stop.start() if stop else len(sentence.rstrip())
        if end - match.start() > len(match.group()) + 4:  # "if so" says no condition
            return offset + match.start(), offset + end
    return None
