"""Rows written as JSON Lines or Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from firstsaid.errors import UsageError
from firstsaid.unfinished import whole_file

if TYPE_CHECKING:
    import pyarrow as pa


def spare_inputs(places: Iterable[str], *outputs: Path | None) -> None:
    """Refuse to write over what is to be read.

    Raises:
        UsageError: an output is one of the places.
    """
    for place in places:
        for output in outputs:
            if output is not None and output.exists() and Path(place).exists() and output.samefile(place):
                raise UsageError(f"{output} is read and cannot be written over. Choose another name for the output")


def write_rows(output: Path, rows: Iterable[dict[str, Any]]) -> None:
    """JSON Lines, or Parquet where the name says so."""
    with whole_file(output) as making:
        if output.suffix == ".parquet":
            import pyarrow as pa
            import pyarrow.parquet as pq

            pq.write_table(pa.Table.from_pylist(list(rows)), making)
        else:
            with making.open("w", encoding="utf-8") as lines:
                for row in rows:
                    lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_tables(output: Path, tables: Iterable[pa.Table]) -> None:
    """JSON Lines, or Parquet where the name says so; the tables have one schema, and there is at least one."""
    import pyarrow.parquet as pq

    from firstsaid.columns import json_lines

    with whole_file(output) as making:
        if output.suffix == ".parquet":
            remaining = iter(tables)
            first = next(remaining)
            with pq.ParquetWriter(making, first.schema) as writer:
                for table in chain([first], remaining):
                    writer.write_table(table)
        else:
            with making.open("wb") as lines:
                for table in tables:
                    lines.writelines(json_lines(table))
