"""Text -> what is said in it and who says it. See docs/explanation/architecture.md."""

from firstsaid.parsing.annotate import annotate
from firstsaid.parsing.joining import name_rows, spelling_rows
from firstsaid.parsing.kernels import citation_rows, figure_rows, mention_rows, prediction_rows, quotation_rows, scare_quote_rows, tie_rows
from firstsaid.parsing.sentences import sentences

__all__ = [
    "annotate",
    "citation_rows",
    "figure_rows",
    "mention_rows",
    "name_rows",
    "prediction_rows",
    "quotation_rows",
    "scare_quote_rows",
    "sentences",
    "spelling_rows",
    "tie_rows",
]
