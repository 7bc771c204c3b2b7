"""Rows with named columns: JSON Lines, JSON, CSV, TSV."""

import json

import pytest

from firstsaid.dates import day
from firstsaid.reading import read


def lines(*rows) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def kinds(intake) -> list[str]:
    return [problem.kind for problem in intake.problems]


def texts(intake) -> list[str]:
    return [intake.text[part.start : part.end] for part in intake.parts]


ROW = {"ID": "a1", "Headline": "The crane", "Body": "The crane is mended.",
       "Published_At": "2019-03-04T10:00:00Z", "Publisher": {"name": "Alba Post"},
       "authors": [{"name": "Ada"}, "Mira"], "Link": "https://x.example/1", "lang": "en-GB", "updated": "2019-03-05"}  # fmt: skip


def test_columns_are_found_under_their_usual_names(received):
    (part,) = read(received(lines(ROW), "a.jsonl")).parts
    assert (part.name, part.title, part.outlet, part.authors, part.url, part.language) == (
        "a1", "The crane", "Alba Post", ("Ada", "Mira"), "https://x.example/1", "en",
    )  # fmt: skip
    assert part.published is not None
    assert part.modified is not None
    assert (day(part.published.earliest), part.published.basis, day(part.modified.latest)) == ("2019-03-04", "column", "2019-03-05")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", lines({"id": "1", "text": "one, two", "date": "2019"}, {"id": "2", "text": "drei\nvier", "date": "2020"})),
        ("a.json", json.dumps([{"id": "1", "text": "one, two", "date": "2019"}, {"id": "2", "text": "drei\nvier", "date": "2020"}])),
        ("a.json", json.dumps({"items": [{"id": 1, "text": "one, two", "date": 2019}, {"id": 2, "text": "drei\nvier", "date": 2020}]})),
        ("a.csv", 'id,text,date\n1,"one, two",2019\n2,"drei\nvier",2020\n'),
        ("a.csv", '\ufeffid;text;date\n1;one, two;2019\n2;"drei\nvier";2020\n'),
        ("a.tsv", 'id\ttext\tdate\n1\tone, two\t2019\n2\t"drei\nvier"\t2020\n'),
    ],
)
def test_every_rows_format_gives_the_same_documents(received, name, content):
    intake = read(received(content, name))
    assert texts(intake) == ["one, two", "drei\nvier"]
    assert [part.name for part in intake.parts] == ["1", "2"]
    assert intake.problems == ()


def test_another_text_under_a_repeated_id_is_kept_under_a_new_one(received):
    intake = read(
        received(
            lines(
                {"id": 1, "text": "a b", "date": "2019"}, {"id": 1, "text": "a b", "date": "2019"}, {"id": 1, "text": "c", "date": "2019"}
            ),
            "a.jsonl",
        )
    )
    assert texts(intake) == ["a b", "c"]
    assert [part.name for part in intake.parts] == ["1", "1~2"]
    assert kinds(intake) == ["repeated-id"]


def test_rows_without_id_are_numbered_by_place(received):
    content = lines({"text": "a", "date": "2019"}, {"text": "b", "date": "2019"})
    assert [part.name for part in read(received(content, "a.jsonl")).parts] == ["row-1", "row-2"]
    assert [part.name for part in read(received(content, "a.jsonl", 800)).parts] == ["row-800-1", "row-800-2"]


def test_what_is_missing_is_said_once_with_examples(received):
    intake = read(
        received(
            lines({"id": 1, "text": "a"}, {"id": 2, "text": "b", "date": "soon"}, {"id": 3, "date": "2019"}, {"id": 4, "text": "c"}),
            "a.jsonl",
        )
    )
    assert kinds(intake) == ["row-without-text", "date-unreadable", "undated"]
    assert "2 of 4 rows" in intake.problems[2].message
    assert "'soon'" in intake.problems[1].message


def test_broken_lines_are_named_and_the_rest_is_read(received):
    intake = read(
        received(
            lines({"id": 1, "text": "a", "date": "2019"}) + "{broken\n[1]\n" + lines({"id": 2, "text": "b", "date": "2019"}), "a.jsonl"
        )
    )
    assert texts(intake) == ["a", "b"]
    assert "line 2, line 3" in intake.problems[0].message


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.jsonl", "no json\nat all\n", "broken-rows"),
        ("a.json", "{", "broken-rows"),
        ("a.json", "[1, 2]", "no-text-column"),
        ("a.json", "[" * 100_000, "broken-rows"),
        ("a.jsonl", lines({"name": "x"}, {"name": "y"}), "no-text-column"),
        ("a.csv", "name,place\nx,y\n", "no-text-column"),
        ("a.csv", "", "empty"),
    ],
)
def test_files_without_texts_are_problems(received, name, content, kind):
    intake = read(received(content, name))
    assert kinds(intake) == [kind]
    assert intake.parts == ()


def test_uneven_rows_are_read_and_said(received):
    intake = read(received("id,text,date\n1,a,2019,x\n2,b\n", "a.csv"))
    assert texts(intake) == ["a", "b"]
    assert "uneven-rows" in kinds(intake)


def test_lone_surrogates_and_nul_are_replaced_one_for_one(received):
    intake = read(received('{"id": 1, "text": "a\\ud800b\\u0000c", "date": "2019"}\n', "a.jsonl"))
    assert texts(intake) == ["a\ufffdb\ufffdc"]
    assert kinds(intake) == ["characters-replaced"]
