"""What can be asked of files with no corpus: the contracts of `annotate`, `match`, `similar` and `stemma`."""

from firstsaid.files.annotating import annotate_file, annotations_of, read_file
from firstsaid.files.comparing import STEMMA_FORMS, match_files, similar_files, stemma_file, stemma_written
from firstsaid.files.models import install_model
from firstsaid.files.rows import Row, each_row, text_rows

__all__ = [
    "STEMMA_FORMS",
    "Row",
    "annotate_file",
    "annotations_of",
    "each_row",
    "install_model",
    "match_files",
    "read_file",
    "similar_files",
    "stemma_file",
    "stemma_written",
    "text_rows",
]
