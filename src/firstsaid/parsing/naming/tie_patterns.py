"""What stands between two names where a text states a tie between them, by language."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TiePattern:
    """One way to state a tie. `words`: all that stands between the two names. `is_turned`: the right name is the tie's left end.

    `ends`: what the names must be: "bodies" (both), "office" (left a person, given an office at the right one), "body_office" (the same,
    where the right one must be shown to be a body: "director of Black Water" is a film's), "chamber" (left a member of the right one) or
    "work" (left a person who does something for the right one, which is no office).
    """

    kind: str
    words: re.Pattern[str]
    ends: str
    is_turned: bool = False


_BE = r"(?:is|was|are|were|has been|had been|being|remains)"
_NOT = r"(?: (?:not|never|no longer))?"
_HOW = (
    r"(?: (?:partly|largely|mainly|wholly|jointly|fully|also|once|then|now|reportedly|allegedly|secretly|privately|previously|formerly))*"
)
# What may stand before a name and belongs to it: other words there ("the history of Norland", "independently from") turn what is said.
_THE = (
    r"(?:the |an? |its )?(?:(?:former|state-owned|\w{2,20}-based|private|public|local|national|global|parent|rival|large) ){0,2}"
    r"(?:(?:company|firm|group|giant|conglomerate|concern|bank|foundation|charity|trust|fund|union|agency|government of|state of|city of|"
    r"lobby group|think tank|billionaire|entrepreneur|businessman|businesswoman|industrialist|investor|magnate|tycoon|party) )?"
)
# A comma or a form of "to be" must come first: "the Act established by the Court" is as often something made, and no body.
_OPEN = rf"(?:,(?: (?:which|that))?| (?:which|that))?(?:(?<=,)|(?= {_BE}))(?: {_BE})?{_NOT}{_HOW}"
_ACTS = r",?(?: (?:which|that))?(?: has| had| have)?(?: (?:also|now|once|reportedly|jointly|partly))? "
# An office belongs to the name before it only where a comma or a form of "to be" parts them: not "the Democratic chairman of the House".
_IN_OFFICE = r"(?:,(?: who)?(?: is)?| is)(?: now| currently| also)?,? (?:an? |the |its )?"
_WAS = r"(?:,(?: who)?| was|, who was)(?: an?| the)?(?:(?<=was)| ?(?:former(?:ly)?|previously|once|ex-)| was) ?(?:an? |the )?"
_RANK = r"(?:(?:deputy|vice|associate|assistant|senior|first|founding|acting|interim|national|prime|co)[ -]){0,3}"
_HEADS = (
    _RANK + r"(?:chief executive(?: officer)?|ceo|(?:executive|managing|general) director|general manager|president|"
    r"governor|mayor|(?<=prime )minister|chief minister|premier|chancellor|secretary[ -]general|director[ -]general|general secretary)"
)
"""Offices whose holder heads what follows "of", be it a body, a town or a state."""
_OFFICES = (
    _RANK
    + r"(?:director|chair(?:man|woman|person)?|head|leader|chief(?: [a-z]{4,12})?|secretary|minister|commissioner|justice|judge|ambassador|"
    r"editor|manager|treasurer|officer|economist|partner|(?:policy |legal |special |senior )?advis[eo]r|consultant|"
    r"lobbyist|professor|dean|rector)"
)
_OF_WHAT = r"(?-i:(?: and (?:ceo|CEO|chief executive|president|director|founder|editor))?(?: (?:of|for) (?:[a-z]{3,15} ){0,2}[a-z]{3,15})?)"
_SPOKEN = r"(?:spokes(?:man|woman|person)|(?:press|media) (?:officer|secretary)|lawyer|attorney|counsel)"


def _pattern(kind: str, words: str, ends: str = "bodies", is_turned: bool = False) -> TiePattern:
    flags = 0 if ends == "bodies" else re.IGNORECASE  # "President of"; but "the Board, Division of Research" is a list
    return TiePattern(kind, re.compile(rf"{words}{_THE}$", flags), ends, is_turned)


PATTERNS: dict[str, tuple[TiePattern, ...]] = {
    "en": (
        _pattern("funded_by", rf"{_OPEN} (?:funded|financed|bankrolled) by "),
        _pattern(
            "funded_by",
            rf"{_ACTS}(?:receives|received|takes|took|gets|got|accepts|accepted) (?:money|funding|funds|grants|donations) from ",
        ),
        _pattern("funded_by", rf"{_ACTS}(?:funds|funded|finances|financed|bankrolls|bankrolled) ", is_turned=True),
        _pattern("owned_by", rf"{_OPEN} owned (?:and (?:operated|run|controlled) )?by "),
        _pattern("owned_by", rf"{_ACTS}(?:owns|owned)(?: and (?:operates|runs|controls))? ", is_turned=True),
        _pattern("run_by", rf"{_OPEN} (?:controlled|run|operated|managed) by "),
        _pattern("run_by", rf"{_ACTS}(?:controls|operates|runs) ", is_turned=True),
        _pattern("acquired_by", rf"{_OPEN} (?:acquired|bought|taken over) by "),
        _pattern("acquired_by", rf"{_ACTS}(?:acquired|bought|took over) ", is_turned=True),
        _pattern("founded_by", rf"{_OPEN} (?:founded|co-founded|established|set up) by "),
        _pattern("founded_by", rf"{_ACTS}(?:founded|co-founded|established|set up) ", is_turned=True),
        _pattern(
            "outlet_of",
            rf"{_OPEN},? (?:an? |the )?(?:media arm|mouthpiece|newspaper|organ|news agency|magazine|broadcaster|news arm|press office) of ",
        ),
        _pattern("works_for", rf"{_IN_OFFICE}(?:(?!and |or )[a-z-]+ )?member of ", "chamber"),
        _pattern(
            "part_of",
            rf"{_OPEN},? (?:an? |the )?(?:(?!and |or )[\w-]+ )?(?:subsidiary|arm|branch|division|unit|part|wing|affiliate|offshoot|chapter|"
            r"member) of ",
        ),
        _pattern("speaks_for", rf"{_IN_OFFICE}{_RANK}{_SPOKEN} (?:for|of|to) ", "office"),
        _pattern("formerly_at", rf"{_WAS}{_HEADS}{_OF_WHAT},? (?:at|of|with|for|from) ", "office"),
        _pattern("formerly_at", rf"{_WAS}{_OFFICES}{_OF_WHAT},? (?:at|of|with|for|from) ", "body_office"),
        _pattern("formerly_at", rf"{_WAS}{_RANK}{_SPOKEN} (?:for|of|to) ", "office"),
        _pattern("formerly_at", r",(?: who was)? (?:formerly|previously) (?:at|of|with) ", "work"),
        _pattern("formerly_at", r"(?:, who)?(?: had| has)? (?:once |previously |formerly )?worked (?:for|at) ", "work"),
        _pattern("works_for", rf"{_IN_OFFICE}{_HEADS}{_OF_WHAT},? (?:of|at|to|for|with) ", "office"),
        _pattern("works_for", rf"{_IN_OFFICE}{_OFFICES}{_OF_WHAT},? (?:of|at|to|for|with) ", "body_office"),
        _pattern("works_for", r",?(?: who)? (?:works (?:for|at)|is employed by|is on the payroll of) ", "work"),
        _pattern("partner_of", rf"{_OPEN} (?:affiliated|allied|partnered|in partnership) with "),
        _pattern("partner_of", r" (?:partners|has partnered|partnered) with "),
    )
}
"""By language. Support and backing are no funding, and to be associated with somebody is no tie: neither is here."""
MAY_TIE = re.compile(
    r"\b(?:(?:funded|financed|bankrolled|owned|controlled|managed|run|operated|acquired|bought|over) by|"
    r"(?:founded|co-founded|established|set up|employed) by|(?:money|funding|funds|grants|donations) from|funds|funded|finances|financed|"
    r"bankrolls|bankrolled|owns|owned|controls|controlled|runs|acquired|bought|took over|operates|operated|founded|co-founded|established|"
    r"set up|(?:subsidiary|arm|branch|division|unit|part|wing|member|affiliate|offshoot|chapter|mouthpiece|newspaper|organ|agency|"
    r"magazine|broadcaster|office) of|former|formerly|previously|once|ex-\w|works (?:for|at)|worked (?:for|at)|payroll|director|executive|"
    r"head|chair\w{0,6}|president|governor|secretary|minister|mayor|commissioner|justice|judge|chancellor|ambassador|editor|manager|"
    r"treasurer|officer|economist|leader|chief|ceo|partner|advis[eo]r|consultant|lobbyist|professor|dean|rector|spokes\w{3,6}|lawyer|"
    r"attorney|counsel|(?:affiliated|allied|partners|partnered|partnership) with)\b",
    re.IGNORECASE,
)
"""What every tie has between its names; a text without it is not taken apart."""
DENIED = re.compile(r"\b(?:not|never|no longer|n['’]t)\b", re.IGNORECASE)
