"""Passages in, families with readings, stemma and origins out; chains; drift."""

import pyarrow as pa

from firstsaid.columns import from_table, schema, to_table
from firstsaid.model import READING_KINDS, Citation, Family, Passage, Quotation
from firstsaid.tracing import chain, drift, family_rows

WORDS = "at least 40 boats were expected to leave the harbour on Monday before the gate was shut for the winter by the board"


def document(name, text, day=None, outlet=None):
    return {
        "document_id": name,
        "text": text,
        "outlet": outlet,
        "published_earliest": None if day is None else day * 1440,
        "published_latest": None if day is None else day * 1440 + 1439,
        "published_basis": None if day is None else "test",
    }


def documents(rows):
    fields = [("document_id", pa.string()), ("text", pa.string()), ("outlet", pa.string())]
    fields += [("published_earliest", pa.int64()), ("published_latest", pa.int64()), ("published_basis", pa.string())]
    return pa.Table.from_pylist(rows, pa.schema(fields))


def passage(family, row, words=None):
    start = row["text"].index(words or row["text"])
    return Passage(f"{family}{row['document_id']}{start}", family, row["document_id"], start, start + len(words or row["text"]))


def rows():
    lost_hedge = WORDS.replace("at least 40", "40")
    return [
        document("a", f"Notice. {WORDS}.", 1, "Board"),
        document("b", f"We hear that {lost_hedge}, they say.", 2, "Hill Daily"),
        document("c", f"{lost_hedge.replace('expected to', 'said to')} Thanks.", 3, "Quay Post"),
    ]


def shared_words(text):
    start = text.index("at least 40" if "at least 40" in text else "40")
    return text[start : text.index("by the board") + len("by the board")]


def family(listed, **beside):
    passages = [passage("f", row, shared_words(row["text"])) for row in listed]
    table = family_rows(to_table(Passage, passages), {"document": documents(listed), **beside})
    assert table.schema == schema(Family)
    (found,) = from_table(Family, table)
    return found


def test_a_family_has_readings_with_offsets_in_the_documents():
    listed = rows()
    found = family(listed)
    texts = {row["document_id"]: row["text"] for row in listed}
    assert found.earliest_document_ids == ("a",)
    assert (found.n_documents, found.n_passages) == (3, 3)
    assert {(edge.parent, edge.child) for edge in found.edges} == {("a", "b"), ("b", "c")}
    for reading in found.readings:
        assert reading.kind in READING_KINDS
        assert texts[reading.document_id][reading.start : reading.end] == reading.text
        assert texts[reading.base_document_id][reading.base_start : reading.base_end] == reading.base_text
    assert ("hedge", "", "at least") in {(r.kind, r.text, r.base_text) for r in found.readings if r.document_id == "b"}
    assert found.snippet.startswith("at least 40 boats")


def test_drift_names_the_edge_where_a_reading_came_in():
    found = drift(family(rows()))
    hedge = next(entered for entered in found if entered.reading.base_text == "at least")
    assert (hedge.edge.parent, hedge.edge.child) == ("a", "b")
    assert len(found) == len(family(rows()).readings)


def test_a_credit_in_the_text_joins_and_directs():
    listed = rows()
    listed[2] = document("c", f"As the Hill Daily reported, {WORDS.replace('at least 40', '40')}.", 2, "Quay Post")
    found = family(listed)
    edge = next(edge for edge in found.edges if edge.child == "c")
    assert edge.parent == "b"
    assert edge.is_directed
    assert "c credits Hill Daily" in found.origin_reasons


def test_a_resolved_citation_is_a_credit():
    listed = rows()
    cited = Citation("x", "c", 0, 4, "link", None, "https://hill.example/1", True, "b")
    found = family(listed, citation=to_table(Citation, [cited]))
    assert "c credits Hill Daily" in found.origin_reasons


def test_several_passages_of_one_document_are_one_witness():
    row = document("a", f"{WORDS}. Again: {WORDS} and more", 1)
    passages = [passage("f", row, WORDS), passage("f", row, f"{WORDS} and more")]
    (found,) = from_table(Family, family_rows(to_table(Passage, passages), {"document": documents([row])}))
    assert (found.n_passages, found.n_documents) == (2, 1)
    assert found.n_words == len(WORDS.split()) + 2


def test_undated_families_have_no_earliest_witness():
    found = family([{**row, "published_earliest": None, "published_latest": None} for row in rows()])
    assert found.earliest_document_ids == ()
    assert not found.is_rooted
    assert len({reading.base_document_id for reading in found.readings}) == 1


def test_rows_do_not_depend_on_the_order_or_the_other_families():
    listed = rows()
    passages = [passage(name, row) for name in "gf" for row in listed]
    together = family_rows(to_table(Passage, passages), {"document": documents(listed)})
    again = family_rows(to_table(Passage, passages[::-1]), {"document": documents(listed[::-1])})
    alone = family_rows(to_table(Passage, [p for p in passages if p.family_id == "g"]), {"document": documents(listed)})
    assert together.equals(again)
    assert together.slice(1).equals(alone)


def test_no_passages_make_no_families():
    empty = family_rows(schema(Passage).empty_table(), {"document": documents([])})
    assert empty.num_rows == 0
    assert empty.schema == schema(Family)


def test_a_chain_runs_from_the_outermost_speaker_inwards_and_ends_at_a_circle():
    outer = Quotation("1", "d", 0, 90, "indirect", ((0, 90),))
    middle = Quotation("2", "d", 10, 80, "direct", ((10, 80),), parent_id="1")
    inner = Quotation("3", "d", 20, 70, "direct", ((20, 70),), parent_id="2")
    orphan = Quotation("4", "d", 95, 99, "direct", ((95, 99),), parent_id="gone")
    assert chain(inner, [inner, outer, middle]) == (outer, middle, inner)
    assert chain(orphan, [orphan, outer]) == (orphan,)
    circle = Quotation("5", "d", 0, 9, "direct", ((0, 9),), parent_id="5")
    assert chain(circle, [circle]) == (circle,)
