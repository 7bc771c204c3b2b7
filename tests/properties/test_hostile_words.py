"""Whatever a text, a title or a name says, in a report it is text: no tag, no script, no address that is followed by itself."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

import firstsaid
from firstsaid.showing import write_report

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload='alert(1)'>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "<!--", "-->", "<![CDATA[", "]]>", "</style>",
    "</title><base href=//paper.example>", "<iframe srcdoc='<script>alert(1)</script>'>",
    "javascript:alert(1)", "{{ 7 * 7 }}", "{% raw %}", "${alert(1)}", "&lt;script&gt;", "&#60;script&#62;",
    "\u2028alert(1)\u2029", "<\u0000script>",
    "\u202e<b>gpj.exe", "＜script＞", "<a href=javascript:alert(1)>x</a>", "<form action=//paper.example><input name=a>",
    "<link rel=prefetch href=//a>",
)  # fmt: skip
COPIED = "The pump at the old mill stopped at dawn, and at least 30 houses in the lower street stood in water until noon of the next day"


class Tags(HTMLParser):
    """What a browser would see in the report."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: dict[str, int] = {}
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.attributes += [(tag, name, value or "") for name, value in attributes]


def report(folder: Path, words: list[str]) -> Tags:
    """The report of a corpus in which these words stand wherever a stranger can put any: titles, outlets, authors, texts, addresses."""
    rows = [
        {
            "id": f"{number} {word}", "title": word, "outlet": f"{word} {number % 3}", "author": word, "url": word,
            "date": f"2021-06-{number % 28 + 1:02d}",
            "text": f"{COPIED}. “{word} is what we saw,” said {word} Maren. {word}. {number + 7} {word} sank.",
        }
        for number, word in enumerate(words)
    ]  # fmt: skip
    folder.mkdir()
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with firstsaid.open(folder / "case.firstsaid") as corpus:
        corpus.add(folder / "rows.jsonl")
        corpus.trace()
        assert sum(1 for _ in corpus.families()) >= 1
        write_report(corpus, folder / "report.html")
    tags = Tags()
    tags.feed((folder / "report.html").read_text(encoding="utf-8"))
    tags.close()
    return tags


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Tags:
    return report(tmp_path_factory.mktemp("hostile") / "case", list(HOSTILE))


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Tags:
    return report(tmp_path_factory.mktemp("harmless") / "case", [f"Word{number}" for number in range(len(HOSTILE))])


def test_hostile_words_bring_no_tag_of_their_own(hostile: Tags, harmless: Tags) -> None:
    for tag in ("script", "style", "base", "link", "iframe", "img", "form", "meta", "object", "embed"):
        assert hostile.tags.get(tag) == harmless.tags.get(tag), tag
    assert set(hostile.tags) - set(harmless.tags) <= {"g", "line", "path", "text"}, "more may be drawn, and nothing else"


def test_hostile_words_bring_no_handler_and_no_address(hostile: Tags) -> None:
    assert not [one for one in hostile.attributes if one[1].startswith("on") or one[1] in ("srcdoc", "formaction", "autofocus")]
    for _, name, value in hostile.attributes:
        if name in ("href", "src", "action"):
            assert value.startswith(("#", "https://", "http://", "data:")), value
