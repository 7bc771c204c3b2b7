"""A corpus in open standards: JSON Lines, CSV and Parquet of every table, W3C Web Annotations; a checked draft as page or with comments."""

from firstsaid.exporting.draft_comments import write_commented
from firstsaid.exporting.draft_page import write_draft_page
from firstsaid.exporting.write import export_corpus

__all__ = ["export_corpus", "write_commented", "write_draft_page"]
