"""The report as a folder: small pages, each link leads to one of them, nothing is asked of anybody."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from firstsaid.errors import UsageError
from firstsaid.showing import ReportSettings, write_report


@pytest.fixture
def folder(case, tmp_path) -> Path:
    write_report(case, tmp_path / "report")
    assert [path.name for path in tmp_path.iterdir()] == ["report"]
    return tmp_path / "report"


def test_every_link_leads_to_a_page_and_every_page_is_led_to(folder, parsed):
    led_to = {folder / "index.html"}
    for path in sorted(folder.rglob("*.html")):
        page = parsed(path.read_text(encoding="utf-8"))
        for tag, attributes in page.tags:
            for name in ("href", "src"):
                address = attributes.get(name) or ""
                if not address or address.startswith(("#", "https://", "data:")):
                    continue
                assert tag in ("a", "link", "script")
                target = path.parent / unquote(address.partition("#")[0])
                assert target.is_file(), (path.name, address)
                led_to.add(target.resolve())
        assert not {tag for tag, _ in page.tags} & {"form", "img", "iframe", "object", "embed", "base"}
        assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"]
    assert {path.resolve() for path in folder.rglob("*") if path.is_file()} == {path.resolve() for path in led_to}


def test_everything_is_there_in_small_pages(folder, case):
    names = {path.name for path in folder.rglob("*.html")}
    for document in case.documents():
        assert f"document-{document.id[:12]}.html" in names
    for family in case.families():
        assert f"family-{family.id[:12]}.html" in names
    for finding in case.findings():
        assert f"finding-{finding.id[:12]}.html" in names
    assert max(path.stat().st_size for path in folder.rglob("*.html")) < 300_000
    assert all(name.isascii() and "<" not in name for name in names)


def test_the_same_corpus_gives_the_same_folder_and_a_newer_one_replaces_it(case, folder):
    before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    write_report(case, folder)
    assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    write_report(case, folder, ReportSettings(most_folder_bytes=5_000))
    assert "This report holds 1 of 5 documents" in (folder / "index.html").read_text(encoding="utf-8")
    assert [path.name for path in folder.parent.iterdir()] == ["report"]


def test_a_folder_of_other_things_is_left_alone(case, tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds other things than a report"):
        write_report(case, tmp_path / "texts")
    assert [path.name for path in (tmp_path / "texts").iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_filled(case, tmp_path):
    (tmp_path / "empty").mkdir()
    write_report(case, tmp_path / "empty")
    assert (tmp_path / "empty" / "index.html").is_file()
