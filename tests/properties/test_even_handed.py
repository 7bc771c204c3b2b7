"""Every outlet, person and place alike: other names of the same shape leave every span, match and finding where it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import firstsaid
from firstsaid.corpus import Corpus
from firstsaid.store import read
from firstsaid.store.schema import DERIVED

SLOTS = ("{paper}", "{other paper}", "{third paper}", "{woman}", "{her surname}", "{farmer}", "{his surname}", "{town}", "{far town}")
IDS = frozenset(("id", "family_id", "name_id", "parent_id", "claim_id", "group_id", "telling_id"))
"""Digests of texts: other names, other ids. The scores of claims are left out too: word vectors see names, in the third digit, and what
is shown (the band and what differs) must not."""
NAMES = {
    "invented": ("Solvane Journal", "Tarrow Herald", "Merrold Post", "Edda Marrin", "Tomas Brandt", "Corvane", "Oskmere"),
    "well known": ("Western Journal", "Boston Herald", "Jakarta Post", "Anna Petrov", "Oscar Wilson", "Germany", "Ukraine"),
    "far apart": ("Teheran Journal", "Moscow Herald", "Kampala Post", "Omar Farouk", "Fatma Yildiz", "Somalia", "Vatican"),
    "continents": ("Beijing Journal", "Havana Herald", "Algiers Post", "Ines Duarte", "Kwame Mensah", "Morocco", "Lebanon"),
    "turned round": ("Solvane Journal", "Tarrow Herald", "Merrold Post", "Ines Duarte", "Tomas Brandt", "Oskmere", "Corvane"),
}
"""Three papers, a woman, a man, two towns: names in one column have one length and one number of words, papers their last word too,
so that every offset stays."""

ROWS = [
    ("{paper}", "2021-06-01", "Wells run low in {town}", (
        "The water board of {town} warned on Tuesday that at least 40 wells in the valley will run dry before the end of August 2021. "
        "“We have measured every well twice, and we will not wait for rain unless the council asks us to,” said {woman}, who leads "
        "the board. {farmer}, a farmer from {far town}, said that nobody had asked him. {his surname} keeps 300 sheep.")),
    ("{other paper}", "2021-06-02", "Board in {town} warns", (
        "The water board of {town} warned on Tuesday that 45 wells in the valley will run dry before the end of August 2021. "
        "“We have measured every well, and we will not wait for rain,” said {woman}, who leads the board. In {far town} the ferry was "
        "sold for 3 million crowns, the {third paper} reported.")),
    ("{third paper}", "2021-06-03", "Dry summer", (
        "As the {other paper} reported, the water board of {town} warned on Tuesday that some 45 wells in the valley will run dry before "
        "the end of August 2021. “We have measured every well, and we will wait for rain,” said {farmer}, who leads the board.")),
    ("{third paper}", "2021-06-09", "Ferry", (
        "The ferry between {town} and {far town} was sold last week for 4 million crowns, and its captain, who had steered it through "
        "every storm of the last thirty years without losing one passenger, walked home in the rain, the {other paper} reported.")),
    ("{other paper}", "2021-06-11", "The ferry is sold", (
        "According to the {third paper}, the ferry between {town} and {far town} was sold last week for 4 million crowns, and its captain, "
        "who had steered it through every storm of the last thirty years without losing one passenger, walked home in the rain.")),
    ("{paper}", "2021-06-20", "A captain", (
        "The ferry between {town} and {far town} was sold last week for 4 million crowns, and its captain, who had steered it through "
        "every storm of the last thirty years without losing one passenger, walked home in the rain. {her surname} gave no answer.[3]")),
    ("{other paper}", "2021-07-02", "Letters", (
        "{farmer} told the {paper}: “The wells of {far town} were never deep enough.” {her surname} denied this. Of the 12 pumps, 5 "
        "stand still and 8 run, according to {town}'s council. The council expects a vote by December 2021.")),
]  # fmt: skip


def filled(chosen: str) -> dict[str, str]:
    """What stands in each slot."""
    paper, other, third, woman, man, town, far = NAMES[chosen]
    assert [len(name) for name in NAMES[chosen]] == [len(name) for name in NAMES["invented"]]
    return dict(zip(SLOTS, (paper, other, third, woman, woman.split()[1], man, man.split()[1], town, far), strict=True))


SIDES = ("_id", "_document_id", "_start", "_end")


def turned(row: dict[str, Any]) -> dict[str, Any]:
    """What stands left, right, and what stands right, left."""
    ends = [end for end in SIDES if f"left{end}" in row]
    return {f"left{end}": row[f"right{end}"] for end in ends} | {f"right{end}": row[f"left{end}"] for end in ends}


def put(text: str, names: dict[str, str]) -> str:
    for slot, name in names.items():
        text = text.replace(slot, name)
    return text


def taken_out(text: str, names: dict[str, str]) -> str:
    """The longest names first: a surname stands within a full name, and keys are in small letters."""
    for slot, name in sorted(names.items(), key=lambda pair: -len(pair[1])):
        text = text.replace(name, slot).replace(name.lower(), slot)
    return text


def traced(folder: Path, names: dict[str, str]) -> dict[str, list[str]]:
    """Every derived row with the names taken out again, in an order that no name decides."""
    folder.mkdir()
    rows = [
        {"id": f"row{number}", "outlet": outlet, "date": date, "title": title, "text": text}
        for number, (outlet, date, title, text) in enumerate(ROWS)
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (folder / "rows.jsonl").write_text(put("\n".join(lines), names), encoding="utf-8")
    with firstsaid.open(folder / "case.firstsaid") as corpus:
        assert corpus.add(folder / "rows.jsonl").n_documents == len(ROWS)
        corpus.trace()
        return nameless(corpus, names)


def nameless(corpus: Corpus, names: dict[str, str]) -> dict[str, list[str]]:
    known = {document.id: document.location for document in corpus.documents()}

    def plain(value: Any) -> Any:
        """Without ids; of lists only those are in order that are read in order."""
        if isinstance(value, dict):
            return {
                key: sorted(map(str, map(plain, one)))
                if key in ("spellings", "readings", "nodes", "edges", "origin_reasons")
                else plain(one)
                for key, one in value.items()
                if key not in IDS and not (key == "score" and value.keys() & {"telling_id", "band"})
            }
        if isinstance(value, list):
            return [plain(one) for one in value]
        if not isinstance(value, str):
            return value
        for document_id, location in known.items():
            value = value.replace(document_id, location)
        return taken_out(value, names)

    def sided(row: dict[str, Any]) -> dict[str, Any]:
        """Which side of a pair is the left one is decided by ids, and ids hold the names."""
        if "band" in row:
            row = {key: value for key, value in row.items() if key not in ("left_id", "right_id")}
            if (row["left_document_id"], row["left_start"]) > (row["right_document_id"], row["right_start"]):
                return {**row, **turned(row)}
            return row
        if "left_id" in row and row["left_id"] > row["right_id"]:
            return {**row, **turned(row)}
        return row

    return {
        name: sorted(json.dumps(sided(plain(row)), sort_keys=True) for row in read.derived_table(corpus.connection, name).to_pylist())
        for name in DERIVED
    }


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    found = traced(tmp_path_factory.mktemp("invented") / "case", filled("invented"))
    kinds = {json.loads(row)["kind"] for row in found["finding"]}
    assert len(kinds) >= 4, f"the texts should give several kinds of finding, and give {sorted(kinds)}"
    return found


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """What each set of names gives."""
    return {chosen: traced(tmp_path_factory.mktemp("names") / "case", filled(chosen)) for chosen in NAMES if chosen != "invented"}


def is_circle(finding: str) -> bool:
    return json.loads(finding)["kind"] == "circular-citation"


def without_circles(tables: dict[str, list[str]]) -> dict[str, list[str]]:
    return {**tables, "finding": [row for row in tables["finding"] if not is_circle(row)]}


@pytest.mark.parametrize("chosen", [name for name in NAMES if name != "invented"])
@pytest.mark.parametrize("table", [name for name in DERIVED if name != "finding"])
def test_other_names_leave_every_row_as_it_was(
    chosen: str, table: str, expected: dict[str, list[str]], found: dict[str, dict[str, list[str]]]
) -> None:
    assert found[chosen][table] == expected[table]


@pytest.mark.parametrize("chosen", [name for name in NAMES if name != "invented"])
def test_other_names_leave_every_finding_as_it_was(
    chosen: str, expected: dict[str, list[str]], found: dict[str, dict[str, list[str]]]
) -> None:
    assert without_circles(found[chosen])["finding"] == without_circles(expected)["finding"]


def test_other_names_leave_every_circle_as_it_was(expected: dict[str, list[str]], found: dict[str, dict[str, list[str]]]) -> None:
    circles = [list(filter(is_circle, rows["finding"])) for rows in (expected, *found.values())]
    assert all(one == circles[0] for one in circles)


@pytest.mark.parametrize(
    ("slot", "name"),
    [
        ("{town}", "Bolivia"),
        ("{other paper}", "Tarrow Beacon"),
        ("{other paper}", "Monday Mirror"),
        ("{third paper}", "Evening Post"),
        ("{third paper}", "Harbour Week"),
        ("{town}", "Lapland"),
        ("{woman}", "Rose Mayall"),
    ],
)
def test_one_other_name_leaves_every_row_as_it_was(slot: str, name: str, expected: dict[str, list[str]], tmp_path: Path) -> None:
    names = {**filled("invented"), slot: name}
    if slot == "{woman}":
        names["{her surname}"] = name.split()[1]
    assert without_circles(traced(tmp_path / "case", names)) == without_circles(expected)
