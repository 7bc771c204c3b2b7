"""Where words were first said: through the index folder beside the corpus, then through claims in other words."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from firstsaid import matching, parsing, tracing
from firstsaid.corpus.through_time import ThroughTime, through_time
from firstsaid.engines import Progress
from firstsaid.model import Document, Family, Passage, Span, digest
from firstsaid.store import read
from firstsaid.store.read import fts_any_query
from firstsaid.wording import Difference, differences

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

LEAST_SHARE = 0.6
"""Share of the asked words that a witness must hold: below it, set phrases answer for statements."""
MOST_CLAIM_DOCUMENTS = 60
"""Documents whose sentences are ranked when nobody uses the asked words; the full-text index puts the likely ones first."""


@dataclass(frozen=True, slots=True)
class WhenceWitness:
    """A place where the asked words stand. `similarity`: 0..10,000. `band`: same, possibly.

    `differences`: from the asked words to these.
    """

    document_id: str
    start: int
    end: int
    similarity: int
    band: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Whence:
    """The story of some words. `how`: `words` (the same words), `claim` (other words), `nothing`.

    `witnesses` by date; `earliest`: those that no dated witness precedes, a fact of this corpus; `families`: those whose passages hold
    the words; origins are a hypothesis, as an interval with reasons; `through_time`: when, how often, in how many outlets.
    """

    words: str
    how: str
    witnesses: tuple[WhenceWitness, ...]
    earliest: tuple[WhenceWitness, ...]
    families: tuple[Family, ...]
    n_origins_certain: int
    n_origins_possible: int
    origin_reasons: tuple[str, ...]
    through_time: ThroughTime


def index_folder(corpus: Corpus) -> Path:
    """The rebuildable folder beside the corpus: `words`, the index; `steps`, what steps of the pipeline remember."""
    return corpus.path.with_name(corpus.path.name + ".index")


def remove_index(corpus: Corpus) -> None:
    """Delete the index folder; the next trace makes it again."""
    shutil.rmtree(index_folder(corpus), ignore_errors=True)


def bring_index_up_to_date(corpus: Corpus, progress: Progress) -> matching.index.Index:
    """The index of the corpus as it is now, made again if it is missing, damaged or of other documents."""
    ids = [row[0] for row in corpus.connection.execute("SELECT id FROM document WHERE is_current ORDER BY id")]
    wanted = digest("index", *ids)
    folder = index_folder(corpus) / "words"
    found = matching.index.open_index(folder, wanted)
    if found is not None:
        return found
    progress("index", 0, len(ids))

    def texts_of(wanted: Sequence[str]) -> list[str]:
        if len(wanted) == len(ids):
            return [row[0] for row in corpus.connection.execute("SELECT text FROM document WHERE is_current ORDER BY id")]
        query = "SELECT text FROM document WHERE id = ?"
        return [corpus.connection.execute(query, (one,)).fetchone()[0] for one in wanted]

    made = matching.index.update(folder, ids, texts_of, wanted)
    progress("index", len(ids), len(ids))
    return made


def whence(corpus: Corpus, words: str) -> Whence:
    """Where the words were first said, or the claim if nobody uses the words."""
    from firstsaid.corpus import quiet

    index = bring_index_up_to_date(corpus, quiet)
    witnesses = _same_words(corpus, index, words)
    how = "words"
    if not witnesses:
        witnesses = _same_claim(corpus, words)
        how = "claim" if witnesses else "nothing"
    documents = {one.document_id: corpus.document(one.document_id) for one in witnesses}
    witnesses.sort(key=lambda one: (*_when(documents[one.document_id]), one.document_id, one.start))
    families = _families_of(corpus, witnesses)
    origins = tracing.stemma(
        [
            tracing.Witness(one.document_id, documents[one.document_id].text[one.start : one.end], documents[one.document_id].published,
                            documents[one.document_id].outlet)
            for one in _one_each(witnesses)
        ]
    )  # fmt: skip
    certain, possible, reasons = origins.origins_certain, origins.origins_possible, origins.origin_reasons
    if families and how == "words":
        widest = families[0]
        certain, possible, reasons = widest.n_origins_certain, widest.n_origins_possible, widest.origin_reasons
    earliest = _earliest(witnesses, documents)
    told = [(document.published, document.outlet) for document in documents.values()]
    when = through_time(told, _all_moments(corpus) if any(published for published, _ in told) else ())
    return Whence(words, how, tuple(witnesses), earliest, families, certain, possible, reasons, when)


def _all_moments(corpus: Corpus) -> list[int]:
    query = "SELECT published_earliest FROM document WHERE is_current AND published_earliest IS NOT NULL ORDER BY published_earliest"
    return [row[0] for row in corpus.connection.execute(query)]


def _same_words(corpus: Corpus, index: matching.index.Index, words: str) -> list[WhenceWitness]:
    n_asked = len(words.split())
    best: dict[str, WhenceWitness] = {}
    for match in index.find(words):
        if match.n_words < LEAST_SHARE * n_asked:
            continue
        text = corpus.document(match.document_id).text[match.start : match.end]
        witness = WhenceWitness(match.document_id, match.start, match.end, match.similarity, "same", differences(words, text))
        if match.document_id not in best or best[match.document_id].similarity < match.similarity:
            best[match.document_id] = witness
    return list(best.values())


def _same_claim(corpus: Corpus, words: str) -> list[WhenceWitness]:
    """Sentences that say the same in other words, among the documents that hold any of the rarer words."""
    query = fts_any_query(words)
    if not query:
        return []
    rows = corpus.connection.execute(
        """SELECT document.* FROM document_words JOIN document ON document.n = document_words.rowid
           WHERE document_words MATCH ? AND is_current ORDER BY rank, document.id LIMIT ?""",
        (query, MOST_CLAIM_DOCUMENTS),
    )
    places: dict[str, tuple[Document, int, int]] = {}
    for document in map(read.document_from_row, rows):
        for start, end in parsing.sentences(document.text):
            places[f"{document.id}:{start}"] = (document, start, end)
    texts = [matching.Text(name, document.text[start:end]) for name, (document, start, end) in places.items()]
    if not texts:
        return []
    (ranking,) = matching.similar([matching.Text("asked", words)], texts, 50)
    best: dict[str, WhenceWitness] = {}
    for (name, score), band in zip(ranking.ranked, ranking.bands, strict=True):
        document, start, end = places[name]
        if band != "none" and document.id not in best:
            best[document.id] = WhenceWitness(document.id, start, end, score, band, ())
    return list(best.values())


def _when(document: Document) -> tuple[bool, int]:
    return (document.published is None, document.published.earliest if document.published else 0)


def _one_each(witnesses: list[WhenceWitness]) -> list[WhenceWitness]:
    return list({one.document_id: one for one in reversed(witnesses)}.values())[::-1]


def _earliest(witnesses: list[WhenceWitness], documents: dict[str, Document]) -> tuple[WhenceWitness, ...]:
    """Dated witnesses that no other dated witness surely precedes."""
    dated = [(one, published) for one in witnesses if (published := documents[one.document_id].published) is not None]
    return tuple(one for one, published in dated if not any(other.is_before(published) for _, other in dated))


def _families_of(corpus: Corpus, witnesses: list[WhenceWitness]) -> tuple[Family, ...]:
    """Families one of whose passages overlaps a witness, those with most documents first."""
    family_ids: dict[str, None] = {}
    for one in witnesses:
        here = Span(one.document_id, one.start, one.end)
        for row in corpus.connection.execute(
            "SELECT id, family_id, document_id, start, end FROM passage WHERE document_id = ?", (one.document_id,)
        ):
            passage = Passage(*row)
            if here.overlap(Span(passage.document_id, passage.start, passage.end)) * 2 > one.end - one.start:
                family_ids[passage.family_id] = None
    families = [corpus.family(family_id) for family_id in family_ids]
    return tuple(sorted(families, key=lambda family: (-family.n_documents, family.id)))
