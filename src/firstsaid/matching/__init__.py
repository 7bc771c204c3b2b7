"""See docs/explanation/architecture.md."""

from firstsaid.matching.similar import Ranking, Text, similar

__all__ = ["Ranking", "Text", "similar"]
