"""Bytes -> captures, texts, documents, layout, problems. See docs/explanation/architecture.md."""

from firstsaid.reading.boilerplate import BLOCK_SCHEMA, BOILERPLATE_SCHEMA, boilerplate_blocks, repeated_blocks
from firstsaid.reading.formats import READERS, read
from firstsaid.reading.gathering import gather
from firstsaid.reading.safely import read_safely

__all__ = ["BLOCK_SCHEMA", "BOILERPLATE_SCHEMA", "READERS", "boilerplate_blocks", "gather", "read", "read_safely", "repeated_blocks"]
