"""A corpus in open standards: JSON Lines, CSV and Parquet of every table, and W3C Web Annotations."""

from firstsaid.exporting.write import export_corpus

__all__ = ["export_corpus"]
