"""Shared fixtures: the example corpus, added and traced once a session, and a small folder of texts."""

from __future__ import annotations

import ipaddress
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import firstsaid
from firstsaid.corpus import Corpus

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"

RELEASE = (
    "The harbour board said on Monday that the new crane will be ready by the end of March 2021. "
    "“We have tested every bolt and every cable, and we will open the quay unless the weather turns against us,” said Mira Hollund, "
    "who leads the board. At least 300 people work on the quay, and 42 of them were trained to use the crane."
)
COPY = (
    "Ships can soon unload faster. The harbour board said on Monday that the new crane will be ready by the end of March 2021. "
    "“We have tested every bolt and every cable, and we will open the quay,” said Mira Hollund, "
    "who leads the board. Some 300 people work on the quay, and 42 of them were trained to use the crane. A concert follows."
)
TEXTS = {
    "board/2020-11-02-release.txt": f"New crane for the quay\n\nPublished 2 November 2020\n\n{RELEASE}\n",
    "courier/2020-11-03-crane.txt": f"Crane ready in spring\n\nPublished 3 November 2020\n\n{COPY}\n",
    "courier/2021-06-01-market.txt": (
        "Market day\n\nPublished 1 June 2021\n\nThe market was full of plums and of people who had not seen each other since winter. "
        "Nobody spoke of the crane.\n"
    ),
}


def write_texts(folder: Path) -> Path:
    """The small texts as files in `folder`."""
    for name, text in TEXTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Nothing leaves the machine while the tests run: every connection and every look-up that would is an error."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _only_to_this_machine(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", _only_numbers(socket.getaddrinfo))
        yield


def _only_to_this_machine(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not (
            address[0] == "localhost" or ipaddress.ip_address(address[0].partition("%")[0]).is_loopback
        ):
            raise AssertionError(f"a test tried to leave this machine: {address}")
        return connect(self, address)

    return guarded


def _only_numbers(look_up: Any) -> Any:
    def guarded(host: Any, *more: Any, **named: Any) -> Any:
        if host not in (None, "", "localhost", b"localhost"):
            named["flags"] = named.get("flags", more[4] if len(more) > 4 else 0) | socket.AI_NUMERICHOST
            more = more[:4]
        return look_up(host, *more, **named)

    return guarded


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three dated texts, of which one copies another."""
    return write_texts(tmp_path / "texts")


@pytest.fixture(scope="session")
def traced_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the example corpus, added and traced; do not change it (see `example`)."""
    path = tmp_path_factory.mktemp("example") / "example.firstsaid"
    with firstsaid.open(path) as corpus:
        corpus.add(EXAMPLES / "corpus")
        corpus.trace()
    return path


@pytest.fixture
def example(traced_example: Path, tmp_path: Path) -> Iterator[Corpus]:
    """A copy of the traced example corpus that a test may change."""
    path = tmp_path / "example.firstsaid"
    shutil.copy(traced_example, path)
    shutil.copytree(traced_example.with_name(traced_example.name + ".index"), path.with_name(path.name + ".index"))
    with firstsaid.open(path) as corpus:
        yield corpus
