"""The same words elsewhere, the same claim in other words, and the index of postings. See docs/explanation/architecture.md.

- `reuse(ids, texts)`, `families(alignments)`: what texts share word for word, altered or not; `ReuseSettings`
- `GatheredTexts`: the same for texts that come one by one and may be more than memory holds
- `steps`: the same as kernels for an engine; `similar(queries, documents, k)`: ranked documents that say the same in other words
- `claims`: claims of a corpus set against each other, as kernels
- `installed_encoder()`: MiniLM for `similar`, where the user has installed it
- `index.build(folder, ids, texts)`, `index.open_index(folder)`: where given words stand
"""

from firstsaid.matching import claims, index, steps
from firstsaid.matching.aligning import reuse
from firstsaid.matching.gathered import GatheredTexts, Matched
from firstsaid.matching.grouping import families
from firstsaid.matching.minilm import installed_encoder
from firstsaid.matching.settings import ReuseSettings
from firstsaid.matching.similar import Ranking, Text, similar

__all__ = [
    "GatheredTexts",
    "Matched",
    "Ranking",
    "ReuseSettings",
    "Text",
    "claims",
    "families",
    "index",
    "installed_encoder",
    "reuse",
    "similar",
    "steps",
]
