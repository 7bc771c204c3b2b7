"""What changed between two corpora, and between the versions of one page: texts that came, went or moved, and how words differ by kind."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from firstsaid.errors import UsageError
from firstsaid.model import Document, digest
from firstsaid.store import read
from firstsaid.wording import Difference, differences

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Change:
    """One text in two states. `what`: `came`, `went`, `moved` (the same words under another location) or `changed`.

    `left` is the earlier state, None where the text came; `right` the later one, None where it went. `differences`: where words differ.
    """

    what: str
    left: Document | None
    right: Document | None
    differences: tuple[Difference, ...] = ()

    @property
    def kinds(self) -> dict[str, int]:
        """How many differences there are of each kind of reading."""
        return dict(sorted(Counter(one.kind for one in self.differences).items()))


def changes_between(left: Corpus, right: Corpus) -> Iterator[Change]:
    """What is otherwise in the right corpus, by location; texts that are the same word for word are passed over.

    Holds the location and id of every document of both, and two texts at a time.
    """
    ours, theirs = _current(left), _current(right)
    texts = {_text_digest(document_id, left): document_id for document_id in ours.values()}
    arrived = {location: document_id for location, document_id in theirs.items() if location not in ours}
    moved: dict[str, str] = {}
    for location, document_id in sorted(arrived.items()):
        earlier = texts.get(_text_digest(document_id, right))
        if earlier is not None and earlier not in moved and left.document(earlier).location not in theirs:
            moved[earlier] = location
    for location in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(location), theirs.get(location)
        if one is not None and other is not None:
            before, after = left.document(one), right.document(other)
            if before.text != after.text:
                yield Change("changed", before, after, tuple(differences(before.text, after.text)))
        elif one is not None:
            if one in moved:
                yield Change("moved", left.document(one), right.document(theirs[moved[one]]))
            else:
                yield Change("went", left.document(one), None)
        elif other is not None and location not in moved.values():
            yield Change("came", None, right.document(other))


def _current(corpus: Corpus) -> dict[str, str]:
    """The latest document of each location."""
    rows = corpus.connection.execute("SELECT location, id FROM document WHERE is_current ORDER BY captured_earliest, id")
    return dict(rows)


def _text_digest(document_id: str, corpus: Corpus) -> str:
    (text,) = corpus.connection.execute("SELECT text FROM document WHERE id = ?", (document_id,)).fetchone()
    return digest("text", text.strip())


def versions_of(corpus: Corpus, location: str) -> list[Document]:
    """Every version of a location or address, by when it was captured.

    Raises:
        UsageError: there are not two.
    """
    where = "WHERE location = ? OR url = ? ORDER BY captured_earliest, published_earliest, id"
    found = list(read.documents(corpus.connection, where, (location, location)))
    if len(found) < 2:
        number = "one version" if found else "no document"
        raise UsageError(f"{corpus.path} has {number} of {location!r}; give a second document to compare it with")
    return found


def changes_over_time(versions: Sequence[Document]) -> list[Change]:
    """Each version against the one before it."""
    return [
        Change("changed", before, after, tuple(differences(before.text, after.text)))
        for before, after in itertools.pairwise(versions)
    ]  # fmt: skip
