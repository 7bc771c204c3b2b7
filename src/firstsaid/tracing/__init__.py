"""Where words came from: readings, stemmata, earliest witnesses, independent origins, chains of attribution."""

from firstsaid.tracing.chains import HANDS, chain, hand, on_behalf_of, tellings
from firstsaid.tracing.citing import resolved_citations
from firstsaid.tracing.collation import Collation, collate
from firstsaid.tracing.drift import Entered, drift
from firstsaid.tracing.families import family_rows
from firstsaid.tracing.stemma import stemma
from firstsaid.tracing.stemma_files import stemma_json, to_dot
from firstsaid.tracing.witnesses import Stemma, Witness

__all__ = [
    "HANDS",
    "Collation",
    "Entered",
    "Stemma",
    "Witness",
    "chain",
    "collate",
    "drift",
    "family_rows",
    "hand",
    "on_behalf_of",
    "resolved_citations",
    "stemma",
    "stemma_json",
    "tellings",
    "to_dot",
]
