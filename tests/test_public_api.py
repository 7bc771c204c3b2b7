"""What others may rely on. A name that comes or goes here changes the interface: say so in the changelog, then change the list."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

import firstsaid
from firstsaid import errors
from firstsaid.corpus import Corpus
from firstsaid.errors import CorpusError, FirstsaidError

METHODS = [
    "add",
    "backup",
    "chain",
    "check",
    "citations",
    "claims",
    "close",
    "decide",
    "decide_names",
    "decisions",
    "describe",
    "document",
    "documents",
    "families",
    "family",
    "figures",
    "finding",
    "findings",
    "forget",
    "heard",
    "mentions",
    "names",
    "passages",
    "predictions",
    "problems",
    "quotations",
    "reread",
    "search",
    "speakers_like",
    "spellings",
    "status",
    "table",
    "ties",
    "trace",
    "verify",
    "whence",
]


def public_methods() -> list[str]:
    return sorted(name for name, _ in inspect.getmembers(Corpus, inspect.isfunction) if not name.startswith("_"))


def test_the_package_gives_two_names() -> None:
    assert firstsaid.__all__ == ["__version__", "open"]
    assert all(hasattr(firstsaid, name) for name in firstsaid.__all__)


def test_a_corpus_has_these_methods_and_no_others() -> None:
    assert public_methods() == METHODS


@pytest.mark.parametrize("name", METHODS)
def test_every_method_says_what_it_does_and_is_typed(name: str) -> None:
    method = getattr(Corpus, name)
    assert inspect.getdoc(method)
    signature = inspect.signature(method)
    assert signature.return_annotation is not inspect.Signature.empty
    for parameter in list(signature.parameters.values())[1:]:
        assert parameter.annotation is not inspect.Parameter.empty, parameter.name


def test_open_is_documented_and_only_its_path_goes_by_place() -> None:
    parameters = inspect.signature(firstsaid.open).parameters
    assert list(parameters) == ["path", "create", "read_only"]
    assert [p.name for p in parameters.values() if p.kind is p.KEYWORD_ONLY] == ["create", "read_only"]
    assert "CorpusError" in (inspect.getdoc(firstsaid.open) or "")


def test_every_error_is_one_of_ours_and_says_what_it_means() -> None:
    found = [one for _, one in inspect.getmembers(errors, inspect.isclass)]
    assert all(issubclass(one, FirstsaidError) and one.__doc__ for one in found)
    assert {one.__name__ for one in found} == {
        "FirstsaidError", "UsageError", "CorpusError", "CorpusBusyError", "UnreadableError", "MissingExtraError",
    }  # fmt: skip


def test_every_room_gives_what_it_lists_and_documents_it() -> None:
    from firstsaid import checking, matching, parsing, reading, tracing, wording

    for room in (checking, matching, parsing, reading, tracing, wording):
        for name in room.__all__:
            given = getattr(room, name)
            assert inspect.getdoc(given) or not callable(given), f"{room.__name__}.{name}"


def test_a_corpus_opened_for_reading_is_never_made_or_changed(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "case.firstsaid"
    with pytest.raises(CorpusError, match="there is no corpus"):
        firstsaid.open(path, read_only=True)
    with pytest.raises(CorpusError, match="there is no corpus"):
        firstsaid.open(path, create=False)
    assert not path.exists()
    with firstsaid.open(path) as corpus:
        corpus.add(folder)
    with firstsaid.open(path, read_only=True) as corpus:
        assert sum(1 for _ in corpus.documents()) == 3
        with pytest.raises(CorpusError):
            corpus.add(folder / "board")
