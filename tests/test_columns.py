"""Nouns as columns: what may stand in a table, what comes back, and what "the same bytes" means."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pyarrow as pa
import pytest

from firstsaid import columns
from firstsaid.columns import as_dict, canonical_lines, from_dict, from_table, iterate, json_lines, schema, to_table
from firstsaid.model import Evidence, Finding, Quotation, Span

FINDINGS = [
    Finding("f1", "figures-conflict", "wounded", "40 and 45", ("the count went on",), 7_000, (Evidence("d1", 3, 5, "says 40"),)),
    Finding("f2", "figure-drift", "דרך", "", (), 10_000, (Evidence("d2", 0, 2, ""), Evidence("d1", 3, 5, "“45”")), 3),
]


def test_a_field_of_a_noun_is_a_column_of_its_kind() -> None:
    assert schema(Quotation).field("id") == pa.field("id", pa.string(), nullable=False)
    assert schema(Quotation).field("speaker_start") == pa.field("speaker_start", pa.int64(), nullable=True)
    assert schema(Quotation).field("speaker_is_unnamed").type == pa.bool_()
    assert schema(Quotation).field("pieces").type == pa.list_(pa.list_(pa.int64()))
    assert schema(Finding).field("evidence").type == pa.list_(pa.struct(list(schema(Evidence))))


@dataclass(frozen=True)
class Weighed:
    """A noun that cannot be a row."""

    weight: float


def test_what_would_not_be_equal_everywhere_cannot_stand_in_a_table() -> None:
    with pytest.raises(TypeError, match=r"float.* cannot stand in a table"):
        schema(Weighed)


def test_rows_come_back_as_they_went_in() -> None:
    table = to_table(Finding, FINDINGS)
    assert table.schema == schema(Finding)
    assert from_table(Finding, table) == FINDINGS
    assert list(iterate(Finding, table.slice(1))) == FINDINGS[1:]


def test_no_rows_are_an_empty_table_of_the_same_columns() -> None:
    table = to_table(Finding, iter(()))
    assert table.schema == schema(Finding)
    assert from_table(Finding, table) == []


def test_further_columns_and_another_order_of_columns_are_left_aside() -> None:
    table = to_table(Span, [Span("d", 0, 2)]).append_column("run_id", pa.array(["r"]))
    assert from_table(Span, table.select(["run_id", "end", "start", "document_id"])) == [Span("d", 0, 2)]


def test_a_missing_column_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="end"):
        from_table(Span, to_table(Span, []).drop_columns(["end"]))


def test_a_row_is_checked_by_its_noun() -> None:
    table = pa.table({"document_id": ["d"], "start": [3], "end": [2]}, schema=schema(Span))
    with pytest.raises(ValueError, match="reversed"):
        from_table(Span, table)


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.id)
def test_a_noun_as_a_dict_holds_plain_lists_and_dicts_and_comes_back(finding: Finding) -> None:
    row = as_dict(finding)
    assert isinstance(row["evidence"], list)
    assert isinstance(row["evidence"][0], dict)
    assert from_dict(Finding, row) == finding


def test_a_value_that_its_field_cannot_hold_is_refused() -> None:
    with pytest.raises(OverflowError):
        to_table(Span, [Span("d", 0, 1 << 70)])


def test_canonical_lines_do_not_know_the_order_of_rows_and_columns() -> None:
    table = to_table(Finding, FINDINGS)
    turned = table.take([1, 0]).select(list(reversed(table.column_names)))
    assert list(canonical_lines(turned)) == list(canonical_lines(table))
    assert list(canonical_lines(table)) == sorted(canonical_lines(table))


def test_canonical_lines_keep_every_script_and_leave_out_what_is_asked() -> None:
    (line,) = canonical_lines(to_table(Span, [Span("דרך", 0, 2)]), leave_out=["end"])
    assert line == '{"document_id":"דרך","start":0}'


def test_canonical_lines_count_equal_rows() -> None:
    span = Span("d", 0, 2)
    assert len(list(canonical_lines(to_table(Span, [span, span])))) == 2


def test_json_lines_are_what_json_dumps_writes() -> None:
    table = pa.table(
        {
            "id": ['a "quoted"\\ one', "ünï\n\u2028\x01", "漢字", ""],
            "n": pa.array([0, -1, 2**62, 7], pa.int64()),
            "share": [1.0, 0.8928, 0.0, 1e-7],
            "hub": [True, False, True, False],
        }
    )
    written = b"".join(json_lines(table)).decode()
    assert [json.loads(line) for line in written.split("\n") if line] == table.to_pylist()
    assert written.endswith("}\n")


def test_json_lines_of_many_rows_and_of_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "ROWS_JOINED", 3)
    table = pa.table({"id": [str(number) for number in range(10)], "n": list(range(10))})
    assert b"".join(json_lines(table.slice(1, 8))).decode() == "".join(f'{{"id": "{n}", "n": {n}}}\n' for n in range(1, 9))
    assert b"".join(json_lines(table.slice(0, 0))) == b""
