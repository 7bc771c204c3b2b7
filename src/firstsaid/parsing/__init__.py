"""Text -> what is said in it and who says it. See docs/explanation/architecture.md."""

from firstsaid.parsing.sentences import sentences

__all__ = ["sentences"]
