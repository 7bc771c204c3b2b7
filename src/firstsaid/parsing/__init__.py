"""Text -> what is said in it and who says it. See docs/explanation/architecture.md."""

from firstsaid.parsing.annotate import annotate
from firstsaid.parsing.kernels import FOUND_CLAIM_SCHEMA, SAID, SAID_SCHEMA, citation_rows, claim_rows, figure_rows, kept_claims, said_rows
from firstsaid.parsing.naming.joining import name_rows, spelling_rows
from firstsaid.parsing.sentences import sentences

__all__ = [
    "FOUND_CLAIM_SCHEMA",
    "SAID",
    "SAID_SCHEMA",
    "annotate",
    "citation_rows",
    "claim_rows",
    "figure_rows",
    "kept_claims",
    "name_rows",
    "said_rows",
    "sentences",
    "spelling_rows",
]
