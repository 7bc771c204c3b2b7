"""Stemmata and collations in the formats of other programs, out and in again."""

import re

import pytest
from lxml import etree

from firstsaid.errors import UsageError
from firstsaid.files import STEMMA_FORMS, stemma_file, stemma_written
from firstsaid.files.collated import collated_table, tei_witnesses
from firstsaid.model import DateRange
from firstsaid.tracing import Witness, collate, laid_out, stemma, to_newick, to_nexus, to_tei

MILL = (
    Witness("A", "The mill stood by the bridge, and ground flour for two parishes."),
    Witness("B ms.", "The mill stode near the bridge and ground flour for two parishes"),
    Witness("O'C", "The mylne stode near the brigge and ground flour"),
    Witness("D", "The mill stood by the bridge and ground rye & oats for two parishes"),
)
TABLE = "\n".join(
    [
        "place,A,B,C,D",
        "1,the,the,the,that",
        "2,mill,mill,mylne,mill",
        "3,stood,stode,-,stood",
        "4,by,near,near,by",
        "5,the bridge,the bridge,,the bridge",
    ]
)


def leaves_and_nodes(newick: str) -> tuple[list[str], int]:
    """Names in a Newick line, and how deep its brackets go; brackets must match."""
    depth = deepest = 0
    for sign in re.sub(r"'(?:[^']|'')*'", "x", newick):
        depth += (sign == "(") - (sign == ")")
        assert depth >= 0
        deepest = max(deepest, depth)
    assert depth == 0
    return re.findall(r"'(?:[^']|'')*'|[\w]+", newick.split("]", 1)[1]), deepest


def test_newick_holds_every_witness_once_and_quotes_odd_names():
    (line,) = to_newick(stemma(MILL)).splitlines()
    names, _ = leaves_and_nodes(line)
    assert line.startswith("[&U] ")
    assert line.endswith(";")
    assert sorted(name for name in names if "lost" not in name) == ["'B ms.'", "'O''C'", "A", "D"]


def test_newick_of_dated_witnesses_is_rooted_at_the_first():
    days = [DateRange(1440 * day, 1440 * day, "column") for day in range(3)]
    texts = [
        "one two three four five six seven eight",
        "one two other four five six seven eight",
        "one two other four five some seven eight",
    ]
    dated = [Witness(str(day), texts[day], days[day]) for day in range(3)]
    assert to_newick(stemma(dated)) == "[&R] ((2)1)0;\n"


def test_a_chain_of_a_thousand_is_no_recursion():
    words = [f"word{number}" for number in range(1200)]
    chain = [Witness(f"{n:04}", " ".join(["new"] * n + words[n:]), DateRange(n * 1440, n * 1440, "column")) for n in range(1100)]
    (line,) = to_newick(stemma(chain)).splitlines()
    assert len(leaves_and_nodes(line)[0]) >= 1100


def test_nexus_has_taxa_readings_and_tree():
    written = to_nexus(stemma(MILL), MILL)
    assert written.startswith("#NEXUS")
    n_characters = int(re.search(r"NCHAR=(\d+)", written)[1])
    rows = re.findall(r"^    (?:'(?:[^']|'')*'|\w+) ([0-9A-Za-z?]+)$", written, re.MULTILINE)
    assert len(rows) >= 4
    assert {len(row) for row in rows} == {n_characters}
    assert written.count("BEGIN") == written.count("END;") == 3


def test_tei_is_well_formed_and_gives_the_witnesses_back(tmp_path):
    written = to_tei(MILL, "Mill & <bridge>")
    root = etree.fromstring(written.encode())
    assert root.tag == "{http://www.tei-c.org/ns/1.0}TEI"
    path = tmp_path / "mill.xml"
    path.write_text(written, "utf-8")
    back = tei_witnesses(path)
    assert back is not None
    assert list(back) == [witness.id for witness in MILL]
    assert collate(list(back.values())).codes.tolist() == collate([witness.text for witness in MILL]).codes.tolist()


def test_characters_that_xml_forbids_do_not_break_tei():
    etree.fromstring(to_tei([Witness("a\x01", "one \x0b two"), Witness("b", "one \ufffe three")]).encode())


def test_every_form_of_nothing_and_of_one_witness_is_honest():
    for witnesses in ([], [Witness("a", "one two")], [Witness("a", ""), Witness("b", "")]):
        found = stemma(witnesses)
        assert found.earliest is None
        to_newick(found)
        to_nexus(found, witnesses)
        etree.fromstring(to_tei(witnesses).encode())


def test_a_table_of_readings_keeps_its_own_columns(tmp_path):
    path = tmp_path / "mill.csv"
    path.write_text(TABLE, "utf-8")
    names, rows = collated_table(path)
    assert names == ["A", "B", "C", "D"]
    texts, collation = laid_out(rows)
    assert texts == ["the mill stood by the bridge", "the mill stode near the bridge", "the mylne near", "that mill stood by the bridge"]
    assert collation.n_columns == 5
    found, _ = stemma_file(str(path))
    assert not found.is_rooted
    assert {frozenset((edge.parent, edge.child)) for edge in found.edges} >= {frozenset("AD"), frozenset("BC")}


def test_a_table_of_texts_is_no_collation(tmp_path):
    path = tmp_path / "texts.csv"
    path.write_text("id,text\na,the mill stood\nb,the mill stode\n", "utf-8")
    assert collated_table(path) is None
    assert {node.id for node in stemma_file(str(path))[0].nodes}


def test_columns_of_one_name_are_refused(tmp_path):
    path = tmp_path / "twice.csv"
    path.write_text("A,A\nthe,that\n", "utf-8")
    with pytest.raises(UsageError, match="name of its own"):
        collated_table(path)


def test_broken_xml_and_entities_read_nothing(tmp_path):
    path = tmp_path / "x.xml"
    path.write_text("<TEI><p>", "utf-8")
    with pytest.raises(UsageError, match="well-formed"):
        tei_witnesses(path)
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", "utf-8")
    tei = '<!DOCTYPE TEI [<!ENTITY x SYSTEM "secret.txt">]>' + (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><listWit><witness xml:id="a"/><witness xml:id="b"/></listWit>'
        '<text><body><p>one &x; <app><rdg wit="#a">two</rdg><rdg wit="#b">three</rdg></app></p></body></text></TEI>'
    )
    path.write_text(tei, "utf-8")
    assert tei_witnesses(path) == {"a": "one two", "b": "one three"}


@pytest.mark.parametrize("form", STEMMA_FORMS)
def test_every_form_is_written_from_a_folder(tmp_path, form):
    for witness in MILL:
        (tmp_path / f"{witness.id[0]}.txt").write_text(witness.text, "utf-8")
    written, problems = stemma_written(str(tmp_path), form)
    assert written.endswith("\n")
    assert "A" in written
    assert not problems
