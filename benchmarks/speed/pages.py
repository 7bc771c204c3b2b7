"""The local page on a large corpus: how long each screen takes, and how large it is.

The corpus is made up and written straight into a file: short texts, and for each some rows of every derived table, so that no trace of
hours stands before the measurement. Among them one passage with 2,000 witnesses and one text of 200,000 words. The server's work is timed
(view and template, not the network), the slowest of several addresses of each screen, after the walk over the corpus that `serve` does
while one still reads the first line.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.speed.corpus import VOCABULARY_SIZE, vocabulary
from firstsaid.columns import to_table
from firstsaid.model import (
    FINDING_KINDS,
    READING_KINDS,
    DateRange,
    Document,
    Evidence,
    Family,
    Figure,
    Finding,
    Name,
    Passage,
    Quotation,
    Reading,
    Received,
    Spelling,
    StemmaEdge,
    StemmaNode,
    digest,
)
from firstsaid.store import connect, read, write

N_WORDS, N_OUTLETS, N_SPEAKERS = 80, 140, 9_000
MANY_WITNESSES, LONG_WORDS = 2_000, 200_000
QUOTED = (20, 180)
"""Where in each text its quotation stands; its figures and passages stand behind it."""
PASSAGE = (200, 420)
FIRST_MINUTE = 20_000_000


def measure(size: int) -> dict[str, float]:
    """CPU milliseconds and kilobytes of the slowest and largest page of each screen, on a corpus of `size` documents."""
    from firstsaid.corpus import Corpus
    from firstsaid.showing.serving import Page

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.firstsaid")
        long_id = make(path, size)
        with Corpus(path, connect.connect(path)) as corpus:
            page = Page(corpus)
            began = time.process_time()
            page.warm()
            figures = {"warming_seconds": time.process_time() - began}
            for name, addresses in _addresses(corpus, long_id).items():
                slowest = largest = 0.0
                for asked in addresses:
                    began = time.process_time()
                    html = page.html(name, asked)
                    slowest = max(slowest, time.process_time() - began)
                    largest = max(largest, len(html.encode()))
                figures[f"{name}_ms"] = slowest * 1_000
                figures[f"{name}_kb"] = largest / 1_000
    return figures


def _addresses(corpus: object, long_id: str) -> dict[str, Sequence[dict[str, str]]]:
    """What is asked of each screen: its first page, one far down, and the heaviest thing there is."""
    connection = corpus.connection  # type: ignore[attr-defined]
    ids = [row[0] for row in connection.execute("SELECT id FROM document ORDER BY id LIMIT 5")]
    families = [row[0] for row in connection.execute("SELECT id FROM family ORDER BY n_documents DESC LIMIT 3")]
    findings = [row[0] for row in connection.execute("SELECT id FROM finding ORDER BY strength DESC LIMIT 5")]
    (speaker,) = connection.execute("SELECT speaker_name FROM quotation GROUP BY 1 ORDER BY count(*) DESC LIMIT 1").fetchone()
    (words,) = connection.execute("SELECT substr(text, 1, 40) FROM document WHERE id = ?", (ids[0],)).fetchone()
    common, rare = words.split()[0], words.split()[-2]
    return {
        "overview": [{}],
        "findings": [{}, {"reviewed": "open"}, {"outlet": "Outlet 7", "strength": "fair", "page": "9"}, {"since": "2009", "until": "2010"}],
        "finding": [{"id": one} for one in findings] + [{"id": findings[-1], "reviewed": "open", "kind": FINDING_KINDS[0]}],
        "families": [{}, {"page": "200"}],
        "family": [{"id": one} for one in families] + [{"id": families[0], "page": "50"}, {"id": families[0], "kind": "figure"}],
        "speakers": [{}, {"page": "100"}, {"name": speaker}, {"name": speaker, "outlet": "Outlet 7"}],
        "names": [{}, {"page": "50"}, {"q": "7"}],
        "documents": [{}, {"page": "500"}, {"outlet": "Outlet 7"}],
        "document": [{"id": one} for one in ids] + [{"id": long_id}, {"id": long_id, "window": "9"}, {"id": long_id, "at": "900000"}],
        "search": [{"q": common}, {"q": rare}, {"q": words}, {"q": f'"{common}"', "page": "3"}],
        "problems": [{}],
        "about": [{}],
    }


# ---------------------------------------------------------------------------------------------- the corpus


def make(path: Path, size: int) -> str:
    """Write a corpus of `size` documents; the id of the long one."""
    random = np.random.default_rng(5)
    words = vocabulary(random, VOCABULARY_SIZE)
    chance = 1 / np.arange(3, VOCABULARY_SIZE + 3)
    cumulative = np.cumsum(chance / chance.sum())

    def text_of(n_words: int) -> str:
        return " ".join(words[np.minimum(np.searchsorted(cumulative, random.random(n_words)), VOCABULARY_SIZE - 1)])

    connection = connect.create(path)
    ids: list[str] = []
    with connect.transaction(connection):
        received = Received("made", "made", 0, "text/plain", b"made", FIRST_MINUTE, "file")
        capture_id, _ = write.add_capture(connection, received)
        (capture,) = read.captures(connection, "WHERE id = ?", (capture_id,))
        frozen = write.freeze(connection, capture, "made")
        for number in range(size):
            is_long = number == size - 1
            paragraphs = LONG_WORDS // N_WORDS if is_long else 1
            text = "\n\n".join(text_of(N_WORDS) for _ in range(paragraphs))
            moment = FIRST_MINUTE + number * 60
            location = f"made/{number}.txt"
            document = Document(
                Document.identify(location, text), capture_id, 0, len(text), location, text, None, f"Text {number} {text[:30]}", (),
                f"Outlet {number % N_OUTLETS}", "en", DateRange(moment, moment, "made"),
            )  # fmt: skip
            write.add_document(connection, document, frozen)
            ids.append(document.id)
        for name, noun, rows in _derived(ids, random):
            write.save_rows(connection, name, to_table(noun, rows), "made")
    connection.close()
    return ids[-1]


def _derived(ids: list[str], random: np.random.Generator) -> Iterator[tuple[str, type, list[object]]]:
    """Rows of each derived table, as many for a document as news of this length has."""
    spoken = [f"Speaker {number}" for number in np.minimum(random.zipf(1.3, len(ids) * 2), N_SPEAKERS)]
    quotations: list[object] = []
    figures: list[object] = []
    for at, one in enumerate(ids):
        for number in range(2):
            start = QUOTED[0] + number * 80
            name = spoken[2 * at + number]
            quotations.append(
                Quotation(
                    digest("quotation", one, number), one, start, start + 70, "direct", ((start, start + 70),), start + 71, start + 79,
                    name, name_id=digest("spelling", name),
                )
            )  # fmt: skip
        figures += [Figure(digest("figure", one, n), one, 200 + n * 40, 205 + n * 40, "3", "3", None, "count", "exact") for n in range(3)]
    last = ids[-1]
    for number in range(2_000):
        start = 500 + number * 600
        pieces = ((start, start + 90),)
        quotations.append(Quotation(digest("long", number), last, start, start + 90, "direct", pieces, speaker_name=spoken[number]))
    yield "quotation", Quotation, quotations
    yield "figure", Figure, figures
    names = sorted(set(spoken))
    yield (
        "spelling",
        Spelling,
        [Spelling(digest("spelling", one), digest("name", one), one, one, "as it stands", 9_000, False, 1, 1) for one in names],
    )
    yield "name", Name, [Name(digest("name", one), one, "person", (one,), 2, 2) for one in names]
    passages: list[object] = []
    families: list[object] = []
    for number in range(len(ids) // 4):
        n_witnesses = min(MANY_WITNESSES, len(ids) // 2) if number == 0 else int(random.choice([2, 2, 2, 3, 4, 6, 12]))
        members = [ids[at] for at in random.choice(len(ids) - 1, n_witnesses, replace=False)]
        family_id = digest("family", number)
        passages += [Passage(digest("passage", family_id, one), family_id, one, *PASSAGE) for one in members]
        readings = [
            Reading(one, 210, 215, members[0], 210, 215, READING_KINDS[at % len(READING_KINDS)], "this", "that")
            for at, one in enumerate(members[1:])
        ]
        edges = tuple(StemmaEdge(members[0], one, 8_000, "copy", ("printed a day later",)) for one in members[1:])
        families.append(
            Family(
                family_id, n_witnesses, n_witnesses, 40, f"passage number {number} " * 6, (members[0],), 1, 2, ("one first telling",), True,
                tuple(StemmaNode(one, True) for one in members), edges, tuple(readings),
            )
        )  # fmt: skip
    yield "passage", Passage, passages
    yield "family", Family, families
    findings: list[object] = []
    for number in range(len(ids) // 20):
        on = random.choice(len(ids), int(random.choice([2, 2, 3, 8])), replace=False)
        evidence = tuple(Evidence(ids[at], *QUOTED, "says so") for at in on)
        kind = FINDING_KINDS[number % len(FINDING_KINDS)]
        findings.append(
            Finding(
                digest("finding", number),
                kind,
                f"Subject {number}",
                "One says this, the other that.",
                ("a later count",),
                int(random.integers(10_000)),
                evidence,
            )
        )
    yield "finding", Finding, findings
