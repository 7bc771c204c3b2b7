"""A corpus as the draft's checker sees it: every look-up made once, the draft's own copies left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from firstsaid.checking.case import outlet_words
from firstsaid.checking.evidence import EvidenceLookup, Match
from firstsaid.checking.lexicon import FIRST_PERSONS, GLUE
from firstsaid.checking.names import SAME, compare_names, mentions_name
from firstsaid.checking.relative_days import relative_days
from firstsaid.checking.tokens import keys_of, sentences_of
from firstsaid.dates import day
from firstsaid.model import MINUTES_PER_DAY, Document, Figure, Quotation
from firstsaid.text import words as words_of

MIN_FIRST_PERSONS = 3
"""With so many of "I", "we", "our" outside of quotations a text is a speech, a letter or a statement: its own voice is its author's."""

PIECE_CHARS = 3_000
"""A draft is looked up in pieces of this length: the index takes long texts by their runs of equal words, which is quick."""

SHORT_CHARS = 1_500
"""Drafts up to here are looked up thing by thing, which also finds wordings without five equal words in a row."""

MOST_SEARCHES = 24
"""Slow searches in one long draft: for quotations of which neither equal words in order nor rare words are found."""

STEM_LETTERS = 5
"""Words of one stem share their first letters in most languages that inflect at the end: closed, closing, closure."""


SHORT_LETTERS = 7
"""In longer words the first letters are enough to leave the ending out."""


def stems(text: str) -> frozenset[str]:
    """The content words of a text, cut to their first letters, numbers kept whole.

    >>> sorted(stems("The 40 ferries were closing"))
    ['40', 'clos', 'ferri']
    """
    return frozenset(stem(key) for key in keys_of(text) if key not in GLUE and (len(key) > 2 or key.isdigit()))


def stem(key: str) -> str:
    """One key, cut to its first letters; where it is short, without the endings that English puts to verbs and plurals.

    >>> stem("plays"), stem("played"), stem("close"), stem("closed"), stem("administration")
    ('play', 'play', 'clos', 'clos', 'admin')
    """
    if key[:1].isdigit():
        return key
    if len(key) <= SHORT_LETTERS:
        for ending in ("ing", "ed", "es", "s"):
            if key.endswith(ending) and len(key) - len(ending) >= 3:
                key = key[: -len(ending)]
                break
        if len(key) > 3 and key.endswith("e"):
            key = key[:-1]
    return key[:STEM_LETTERS]


@dataclass
class Shelf:
    """Look-ups with a memory. `left_out`: ids of the documents that are the draft itself."""

    lookup: EvidenceLookup
    text: str = ""
    left_out: frozenset[str] = frozenset()
    n_searches_left: int = MOST_SEARCHES
    _pieces: list[tuple[int, tuple[Match, ...]]] | None = None
    _documents: dict[str, Document] = field(default_factory=dict)
    _quotations: dict[str, tuple[Quotation, ...]] = field(default_factory=dict)
    _figures: dict[str, tuple[Figure, ...]] = field(default_factory=dict)
    _found: dict[str, tuple[Match, ...]] = field(default_factory=dict)
    _related: dict[str, tuple[Match, ...]] = field(default_factory=dict)
    _about: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _first_persons: dict[str, bool] = field(default_factory=dict)
    _pages: dict[str, list[tuple[int, int, frozenset[str]]]] = field(default_factory=dict)
    _relative_days: dict[str, list[tuple[int, int, tuple[int, ...]]]] = field(default_factory=dict)
    _keys: dict[str, frozenset[str]] = field(default_factory=dict)

    def document(self, document_id: str) -> Document:
        """The document."""
        if document_id not in self._documents:
            self._documents[document_id] = self.lookup.document(document_id)
        return self._documents[document_id]

    def quotations(self, document_id: str) -> tuple[Quotation, ...]:
        """Its quotations."""
        if document_id not in self._quotations:
            self._quotations[document_id] = tuple(self.lookup.quotations(document_id))
        return self._quotations[document_id]

    def figures(self, document_id: str) -> tuple[Figure, ...]:
        """Its figures."""
        if document_id not in self._figures:
            self._figures[document_id] = tuple(self.lookup.figures(document_id))
        return self._figures[document_id]

    def find(self, words: str) -> tuple[Match, ...]:
        """Stretches that share words in order."""
        if words not in self._found:
            self._found[words] = self._kept(self.lookup.find(words))
        return self._found[words]

    @property
    def is_short(self) -> bool:
        """Whether the draft is looked up thing by thing."""
        return len(self.text) <= SHORT_CHARS

    def pieces(self) -> list[tuple[int, tuple[Match, ...]]]:
        """The draft in pieces: where each begins, and the stretches of documents that share words in order with it."""
        if self._pieces is None:
            starts = range(0, len(self.text), PIECE_CHARS)
            self._pieces = [(start, tuple(self.lookup.find(self.text[start : start + PIECE_CHARS]))) for start in starts]
        return self._pieces

    def found_at(self, start: int, end: int) -> tuple[Match, ...]:
        """Stretches that share words in order with `start`..`end` of the draft, those that share most first.

        A short draft is asked word by word; a long one was looked up piece by piece, which finds runs of five equal words.
        """
        if self.is_short:
            return self.find(self.text[start:end])
        found = []
        for at, matches in self.pieces()[start // PIECE_CHARS : (end - 1) // PIECE_CHARS + 1]:
            for match in matches:
                shared = min(end, at + match.query_end) - max(start, at + match.query_start)
                if shared > 0 and match.document_id not in self.left_out:
                    found.append((shared, match))
        return tuple(match for _, match in sorted(found, key=lambda one: (-one[0], -one[1].similarity, one[1].document_id, one[1].start)))

    def searched(self, words: str) -> tuple[Match, ...]:
        """Like `find`, for words of which the quick look-ups know nothing; only so often in one draft, since each takes a while."""
        if words in self._found or self.is_short:
            return self.find(words)
        if self.n_searches_left <= 0:
            return ()
        self.n_searches_left -= 1
        return self.find(words)

    def related(self, words: str) -> tuple[Match, ...]:
        """Sentences that share rare words."""
        if words not in self._related:
            self._related[words] = self._kept(self.lookup.related(words))
        return self._related[words]

    def _kept(self, matches: Sequence[Match]) -> tuple[Match, ...]:
        return tuple(match for match in matches if match.document_id not in self.left_out)

    def about(self, words: str) -> tuple[str, ...]:
        """Documents that share rare words with a stretch of the draft."""
        if words not in self._about:
            self._about[words] = tuple(one for one in self.lookup.about(words) if one not in self.left_out)
        return self._about[words]

    def resolves(self, target: str) -> tuple[str, ...]:
        """Documents that a target names."""
        return tuple(document_id for document_id in self.lookup.resolves(target) if document_id not in self.left_out)

    def keys(self, document_id: str) -> frozenset[str]:
        """All words of a document, as keys."""
        if document_id not in self._keys:
            self._keys[document_id] = frozenset(words_of(self.document(document_id).text).keys)
        return self._keys[document_id]

    def relative_days(self, document_id: str) -> list[tuple[int, int, tuple[int, ...]]]:
        """Places of a dated document that name a day from its own, with those days counted from it."""
        if document_id not in self._relative_days:
            document = self.document(document_id)
            at = document.published.latest // MINUTES_PER_DAY if document.published else 0
            self._relative_days[document_id] = relative_days(document.text, at) if document.published else []
        return self._relative_days[document_id]

    def is_in_first_person(self, document_id: str) -> bool:
        """Whether a document is a speech, letter or statement: outside of its quotations it says "I" or "we" a few times."""
        if document_id not in self._first_persons:
            text = self.document(document_id).text
            n_found = sum(key in FIRST_PERSONS for key in keys_of(text))
            for quotation in self.quotations(document_id):
                if quotation.form in ("direct", "block"):
                    n_found -= sum(key in FIRST_PERSONS for key in keys_of(text[quotation.start : quotation.end]))
            self._first_persons[document_id] = n_found >= MIN_FIRST_PERSONS
        return self._first_persons[document_id]

    def page(self, document_id: str) -> list[tuple[int, int, frozenset[str]]]:
        """The sentences of a document with the stems of each."""
        if document_id not in self._pages:
            text = self.document(document_id).text
            self._pages[document_id] = [(start, end, stems(text[start:end])) for start, end in sentences_of(text)]
        return self._pages[document_id]

    def label(self, document_id: str) -> str:
        """Outlet and day, as a sentence names a document."""
        document = self.document(document_id)
        when = day(document.published.earliest) if document.published else "undated"
        return f"{document.outlet or document.title or document.location} ({when})"

    def is_before(self, left_id: str, right_id: str) -> bool:
        """Whether both are dated and the left lies wholly before the right."""
        left, right = self.document(left_id).published, self.document(right_id).published
        return left is not None and right is not None and left.is_before(right)

    def order(self, document_id: str) -> tuple[int, str]:
        """Earliest first, the undated last."""
        published = self.document(document_id).published
        return (1 << 60 if published is None else published.earliest, self.document(document_id).location)

    def same_outlet(self, left_id: str, right_id: str) -> bool:
        """Whether one outlet published both."""
        outlet = self.document(left_id).outlet
        return bool(outlet) and outlet == self.document(right_id).outlet

    def is_by(self, document_id: str, speaker: str | None) -> bool:
        """Whether the document is the speaker's own: by its author, its outlet, or a title that names him."""
        document = self.document(document_id)
        if any(compare_names(speaker, other) == SAME for other in (*document.authors, document.outlet or "") if other):
            return True
        return mentions_name(set(keys_of(document.title or "")), speaker)

    def is_named_in(self, keys: tuple[str, ...], document_id: str) -> bool:
        """Whether the words name the document's outlet, author or title."""
        document = self.document(document_id)
        outlet = outlet_words(document.outlet) if document.outlet else ()
        title = keys_of(document.title or "")
        authors = [keys_of(author)[-1:] for author in document.authors]
        wanted = [outlet, *authors, title if len(title) >= 3 else ()]
        return any(run and any(keys[at : at + len(run)] == run for at in range(len(keys) - len(run) + 1)) for run in wanted)
