"""Text -> what is said in it and who says it. See docs/explanation/architecture.md."""

from firstsaid.parsing.annotate import annotate
from firstsaid.parsing.kernels import SAID, SAID_SCHEMA, citation_rows, figure_rows, said_rows
from firstsaid.parsing.naming.joining import name_rows, spelling_rows
from firstsaid.parsing.sentences import sentences

__all__ = [
    "SAID",
    "SAID_SCHEMA",
    "annotate",
    "citation_rows",
    "figure_rows",
    "name_rows",
    "said_rows",
    "sentences",
    "spelling_rows",
]
