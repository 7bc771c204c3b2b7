"""What can be asked of files with no corpus: the contracts of `annotate`, `match`, `similar` and `stemma`."""

from firstsaid.files.annotating import annotate_file, annotations_of, read_file
from firstsaid.files.comparing import match_files, similar_files, stemma_file
from firstsaid.files.rows import Row, each_row, text_rows

__all__ = [
    "Row",
    "annotate_file",
    "annotations_of",
    "each_row",
    "match_files",
    "read_file",
    "similar_files",
    "stemma_file",
    "text_rows",
]
