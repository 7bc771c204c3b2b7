"""One measurement in a process of its own: python -m benchmarks.speed.measure NAME SIZE [CORES]. Prints one JSON object."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.speed import incremental, matching, pages
from benchmarks.speed.corpus import made_corpus
from benchmarks.speed.yardstick import timed


def measure_similar(size: int) -> dict[str, float]:
    from firstsaid.matching.similar import Text, similar

    claims = [Text(key, text) for key, text in made_claims(size)]
    similar(claims[:2], claims[:20])
    found, held = timed(lambda: similar(claims[:200], claims))
    return {**held, "claims": len(claims), "queries": len(found)}


def measure_claims(size: int) -> dict[str, float]:
    """All claims against each other, as `firstsaid similar CLAIMS CLAIMS` does."""
    from firstsaid.matching.similar import Text, similar

    claims = [Text(key, text) for key, text in made_claims(size)]
    similar(claims[:2], claims[:20])
    found, held = timed(lambda: similar(claims, claims, k=5))
    return {**held, "claims": len(found), "cpu_ms_a_claim": 1_000 * held["cpu_seconds"] / len(found)}


def measure_told(size: int) -> dict[str, float]:
    """What a trace does with so many claims, one document each: forms, pairs, tellings."""
    import pyarrow as pa

    from firstsaid.columns import schema
    from firstsaid.matching import claims
    from firstsaid.model import Passage

    keys, texts = zip(*made_claims(size), strict=True)
    found = pa.table({"id": keys, "document_id": keys, "start": [0] * size, "end": list(map(len, texts)), "text": texts})
    heading = pa.table({"document_id": keys, "published_earliest": pa.array(range(size), pa.int64())})
    beside = {"heading": heading, "passage": schema(Passage).empty_table()}
    claims.telling_rows(claims.pair_rows(claims.form_rows(found.slice(0, 50)), beside), beside)
    forms, first = timed(lambda: claims.form_rows(found))
    pairs, then = timed(lambda: claims.pair_rows(forms, beside))
    return {**then, "claims": size, "pairs": pairs.num_rows, "forms_cpu_seconds": first["cpu_seconds"]}


def made_claims(size: int) -> list[tuple[str, str]]:
    """Made-up claims of 25 words, with their ids."""
    made = made_corpus(max(20, -(-size // 20)))
    pieces = [(key, at, text.split()) for key, text in made.texts.items() for at in range(0, 500, 25)]
    return [(f"{key}-{at}", " ".join(words[at : at + 25])) for key, at, words in pieces][:size]


def measure_annotate(size: int, parser: bool = True) -> dict[str, float]:
    from firstsaid.parsing import annotate

    texts = example_texts(size)
    annotate(texts[0], parser=parser)
    found, held = timed(lambda: [annotate(text, parser=parser) for text in texts])
    n_words = sum(len(text.split()) for text in texts)
    return {**held, "texts": len(found), "words": n_words, "words_per_cpu_second": n_words / held["cpu_seconds"]}


def measure_unparsed(size: int) -> dict[str, float]:
    """The same without the parser."""
    return measure_annotate(size, parser=False)


def measure_figures(size: int) -> dict[str, float]:
    """Figures alone, of sentences that were found before."""
    from firstsaid.parsing.figures import find_figures
    from firstsaid.parsing.sentences import sentences

    texts = example_texts(size)
    split = [sentences(text, ()) for text in texts]
    find_figures(texts[0], split[0])
    found, held = timed(lambda: sum(len(find_figures(text, spans)) for text, spans in zip(texts, split, strict=True)))
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    return {**held, "figures": found, "megabytes": megabytes, "megabytes_per_cpu_second": megabytes / held["cpu_seconds"]}


def example_texts(size: int) -> list[str]:
    """The plain texts of the example corpus, over and over, `size` of them."""
    folder = Path(__file__).resolve().parents[2] / "examples" / "corpus"
    texts = [path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".txt") and is_text(path)]
    return [texts[at % len(texts)] for at in range(size)]


def is_text(path: Path) -> bool:
    try:
        return "\x00" not in path.read_text("utf-8")
    except UnicodeDecodeError:
        return False


PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="2022-03-{day:02}T08:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>{title}</h1>{paragraphs}</article>
<footer>All rights reserved. Contact the editors at the harbour office.</footer></body></html>"""


def measure_reading(size: int) -> dict[str, float]:
    import tempfile

    from firstsaid import reading

    made = made_corpus(size)
    with tempfile.TemporaryDirectory() as folder:
        for at, text in enumerate(made.texts.values()):
            words = text.split()
            paragraphs = "".join(f"<p>{' '.join(words[i : i + 50]).capitalize()}.</p>" for i in range(0, len(words), 50))
            Path(folder, f"{at:06}.html").write_text(PAGE.format(title=f"Page {at}", day=1 + at % 28, paragraphs=paragraphs), "utf-8")
        received = [item for item in reading.gather([folder]) if hasattr(item, "data")]
        reading.read(received[0])  # loads the extractors: start-up, not work
        intakes, held = timed(lambda: [reading.read(item) for item in received])
    n_documents = sum(len(intake.parts) for intake in intakes)
    return {**held, "pages": len(received), "documents": n_documents, "pages_per_cpu_second": len(received) / held["cpu_seconds"]}


MEASURES: dict[str, Callable[[int], dict[str, float]]] = {
    **{corpus: partial(matching.measure, corpus) for corpus in ("made", "large", *matching.CORPORA)},
    **{f"trace-{corpus}": partial(incremental.measure, corpus) for corpus in ("made", *matching.CORPORA)},
    "similar": measure_similar,
    "claims": measure_claims,
    "told": measure_told,
    "annotate": measure_annotate,
    "unparsed": measure_unparsed,
    "figures": measure_figures,
    "reading": measure_reading,
    "pages": pages.measure,
}

if __name__ == "__main__":
    if len(sys.argv) > 3:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(sys.argv[3])])
    print(json.dumps(MEASURES[sys.argv[1]](int(sys.argv[2]))))
