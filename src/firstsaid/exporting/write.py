"""Writing a corpus out. The texts' own words leave only in the documents table; spans carry position and quote selectors."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from firstsaid.columns import as_dict
from firstsaid.errors import UsageError
from firstsaid.store import read
from firstsaid.unfinished import whole_file

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

TABLES = ("documents", "quotations", "figures", "citations", "predictions", "names", "passages", "families", "alignments", "findings")
CONTEXT_CHARS = 32
"""Length of a quote selector's prefix and suffix: enough for other tools to find the words again."""


def export_corpus(corpus: Corpus, form: str, output: Path, *, force: bool = False) -> list[Path]:
    """Write the corpus; returns the files written. Each appears when it is whole; `force`: in place of one that is there.

    `jsonl`, `csv`, `parquet`: one file a table in the folder `output` (`decisions.jsonl` too). `w3c`: one JSON Lines file of Web
    Annotations (https://www.w3.org/TR/annotation-model/) with a TextPositionSelector and a TextQuoteSelector each.

    Raises:
        UsageError: no such format, or a file is there already.
    """
    forms: dict[str, Callable[[Corpus, Path], list[Path]]] = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet, "w3c": _w3c}
    if form not in forms:
        raise UsageError(f"no format {form!r}. Formats: {', '.join(forms)}")
    wanted = [output] if form == "w3c" else [output / f"{name}.{form}" for name in (*TABLES, "decisions")]
    there = [path for path in wanted if path.is_file()]
    if there and not force:
        raise UsageError(f"{there[0]} is there already. Give another name, or write over it with --force")
    return forms[form](corpus, output)


def _jsonl(corpus: Corpus, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [_write_lines(folder / f"{name}.jsonl", corpus.table(name).to_pylist()) for name in TABLES]
    log = read.decisions(corpus.connection)
    return [*paths, _write_lines(folder / "decisions.jsonl", [as_dict(decision) for decision in log])]


def _write_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    with whole_file(path) as making, making.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def _csv(corpus: Corpus, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in TABLES:
        table = corpus.table(name)
        path = folder / f"{name}.csv"
        # The byte order mark makes spreadsheets read UTF-8 as UTF-8.
        with whole_file(path) as making, making.open("w", encoding="utf-8-sig", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(table.column_names)
            for row in table.to_pylist():
                writer.writerow([_cell(value) for value in row.values()])
        paths.append(path)
    return paths


def _cell(value: Any) -> Any:
    """A value as a spreadsheet may hold it: nested ones as JSON; text that a spreadsheet would run as a formula is quoted."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def _parquet(corpus: Corpus, folder: Path) -> list[Path]:
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in TABLES:
        path = folder / f"{name}.parquet"
        with whole_file(path) as making:
            pq.write_table(corpus.table(name), making)
        paths.append(path)
    return paths


def _w3c(corpus: Corpus, path: Path) -> list[Path]:
    return [_write_lines(path, list(_annotations(corpus)))]


def _annotations(corpus: Corpus) -> Iterator[dict[str, Any]]:
    texts: dict[str, tuple[str, str]] = {document.id: (document.url or document.location, document.text) for document in corpus.documents()}
    for kind in ("quotations", "figures", "citations", "predictions"):
        for row in corpus.table(kind).to_pylist():
            address, text = texts[row["document_id"]]
            start, end = row["start"], row["end"]
            body = {name: value for name, value in row.items() if name not in ("id", "document_id", "start", "end") and value is not None}
            yield {
                "@context": "http://www.w3.org/ns/anno.jsonld",
                "id": f"urn:firstsaid:{row['id']}",
                "type": "Annotation",
                "motivation": "identifying",
                "body": {"type": "Dataset", "purpose": "classifying", "value": kind.removesuffix("s"), **body},
                "target": {
                    "source": address,
                    "selector": [
                        {"type": "TextPositionSelector", "start": start, "end": end},
                        {
                            "type": "TextQuoteSelector",
                            "exact": text[start:end],
                            "prefix": text[max(0, start - CONTEXT_CHARS) : start],
                            "suffix": text[end : end + CONTEXT_CHARS],
                        },
                    ],
                },
            }
