"""How two wordings differ: word-aligned differences with their kind, and what editorial practice allows in a quotation.

What a word is comes from `text`; here numbers written with separators are one word with one key, so that "1,000", "1.000" and "1000" are
equal and "1.5" and "15" are not. Small word lists (English, German, French, Spanish, Arabic, Persian) name negations, hedges, months and
number words; in other languages the kinds that need no list still work.
"""

from firstsaid.wording.alignment import Opcode, align
from firstsaid.wording.comparing import Difference, differences
from firstsaid.wording.counting import Units, units
from firstsaid.wording.editing import FairEdit, fair_edit, is_fair_edit, same_but_for_typography

__all__ = [
    "Difference",
    "FairEdit",
    "Opcode",
    "Units",
    "align",
    "differences",
    "fair_edit",
    "is_fair_edit",
    "same_but_for_typography",
    "units",
]
