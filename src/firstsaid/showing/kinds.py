"""What each kind of finding and of reading is called, and what it means, in words for people."""

from __future__ import annotations

from firstsaid.model import READING_KINDS

KIND_WORDS = {
    "quotation-altered": "Quotation altered",
    "quotation-cut": "Quotation cut short",
    "quotation-stitched": "Quotation stitched together",
    "quotation-two-speakers": "One quotation, two speakers",
    "figures-conflict": "Figures conflict",
    "figure-drift": "Figure drifts",
    "figures-do-not-add-up": "Figures do not add up",
    "single-origin": "Many reports, one text",
    "uncredited-reuse": "Reuse without credit",
    "circular-citation": "Circular citation",
    "credited-elsewhere": "Credited elsewhere",
    "citation-dangling": "Citation points nowhere",
    "prediction-overdue": "Prediction past its date",
    "dates-disagree": "Dates disagree with the text",
    "coordinated-copies": "Copies within minutes",
    "superseded": "Superseded later",
}

KIND_MEANING = {
    "quotation-altered": "The same quotation stands elsewhere in other words.",
    "quotation-cut": "The quotation stops before words that limit it.",
    "quotation-stitched": "Sentences that stand apart elsewhere are quoted as one.",
    "quotation-two-speakers": "The same words are given to two speakers.",
    "figures-conflict": "Two documents give figures for the same thing that cannot both hold.",
    "figure-drift": "A figure changed on its way from copy to copy.",
    "figures-do-not-add-up": "The parts given do not make the total given.",
    "single-origin": "Many documents tell this, and their words go back to few first tellings.",
    "uncredited-reuse": "A long stretch stands elsewhere earlier, and no credit is given.",
    "circular-citation": "Documents rest on each other in a circle.",
    "credited-elsewhere": "The words come from another document than the one credited.",
    "citation-dangling": "A footnote or link points to nothing that was captured.",
    "prediction-overdue": "The time that was foretold has passed.",
    "dates-disagree": "The order of the wording says otherwise than the dates.",
    "coordinated-copies": "Many accounts carried the same words within minutes.",
    "superseded": "A later document of the same speaker or outlet says otherwise.",
}

LETTERS = dict(zip(READING_KINDS, ("F", "N", "D", "¬", "H", "−", "+", "↔", "S", ".", "W"), strict=True))
"""One mark for each kind of reading, so that nothing is said by colour alone."""

LAYERS = (
    ("finding", "Findings"), ("quotation", "Quotations"), ("passage", "Passages found elsewhere"), ("claim", "Said in other words"),
    ("figure", "Figures"), ("prediction", "Predictions"), ("citation", "Citations"), ("scare", "Scare quotes"),
    ("boilerplate", "Boilerplate"),
)  # fmt: skip
"""Layers of the reading view in the order of their switches."""

STRENGTHS = (("strong", "strong"), ("fair", "fair or strong"))
"""What a list of findings can be kept to."""

REVIEWS = (
    ("open", "not yet decided"), ("decided", "decided"), ("confirmed", "confirmed"), ("dismissed", "dismissed"), ("noted", "noted"),
)  # fmt: skip

VERDICT_WORDS = {
    "exact": "The words stand so",
    "typography": "The same but for typography",
    "fair-edit": "The same with edits that are marked or customary",
    "altered": "Altered",
    "cut-before-qualifier": "Cut before words that limit it",
    "stitched": "Stitched from two places",
    "wrong-speaker": "Another speaker's words",
    "denied-by-speaker": "There only to be denied",
    "relayed": "Only relayed there",
    "altered-upstream": "Altered before it came to you",
    "superseded": "Superseded later",
    "other-document": "In another document",
    "close-but-unsure": "Something close; look",
    "not-in-corpus": "Not in this corpus",
    "same": "The same figure",
    "derived": "Follows by a sum",
    "rounded": "Rounded",
    "converted": "Converted",
    "other-subject": "Counts something else there",
    "other-period": "Right for another time",
    "uncredited": "Stands elsewhere without credit",
}
"""Verdicts of the draft check for people."""

CHECKED_WORDS = {
    "quotation": "Quotation",
    "statement": "Reported statement",
    "figure": "Figure",
    "citation": "Citation",
    "date": "Date",
    "uncredited": "Own words",
}
"""Things that the draft check checks."""
