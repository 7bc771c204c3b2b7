"""Where words came from: readings, stemmata, earliest witnesses, independent origins, chains of attribution."""

from firstsaid.tracing.chains import HANDS, chain, hand, on_behalf_of, tellings
from firstsaid.tracing.citing import resolved_citations
from firstsaid.tracing.collation import Collation, collate, laid_out
from firstsaid.tracing.drift import Entered, drift
from firstsaid.tracing.families import family_rows
from firstsaid.tracing.stemma import stemma
from firstsaid.tracing.stemma_files import stemma_as, stemma_json, to_dot
from firstsaid.tracing.tei import to_tei
from firstsaid.tracing.trees import to_newick, to_nexus
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
    "laid_out",
    "on_behalf_of",
    "resolved_citations",
    "stemma",
    "stemma_as",
    "stemma_json",
    "tellings",
    "to_dot",
    "to_newick",
    "to_nexus",
    "to_tei",
]
