"""What comes in: captures, the documents in them, their layout, and what a reader hands over."""

from __future__ import annotations

from dataclasses import dataclass

from firstsaid.model.identity import DateRange, digest


@dataclass(frozen=True, slots=True)
class Capture:
    """The smallest separately readable member as received: a file, a message, an archive member, up to 8 MB of rows.

    `location` is a URL, or a path relative to the folder that was added, plus `!member`. `offset` counts bytes into
    `container` (the added file) where the member begins. `captured` is a moment (see module docstring). `sha256` addresses the
    stored bytes. `how` says what brought it (`file`, `url`).
    """

    id: str
    location: str
    container: str
    offset: int
    media_type: str
    sha256: str
    size_bytes: int
    captured: int
    how: str

    @staticmethod
    def identify(location: str, sha256: str, offset: int = 0) -> str:
        """Same bytes at the same place are the same capture, whenever they are added."""
        return digest("capture", location, offset, sha256)


@dataclass(frozen=True, slots=True)
class Document:
    """One dated text. `text == capture_text[start:end]`, forever; documents of one capture nest or are disjoint.

    `location` is the capture's, plus `#part`. `url` is the address that the text itself or its metadata claims, if any. `language` is an
    ISO 639-1 code. `replaces` is the id of the document that a later reading of the same capture replaces.
    """

    id: str
    capture_id: str
    start: int
    end: int
    location: str
    text: str
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    language: str | None = None
    published: DateRange | None = None
    modified: DateRange | None = None
    captured: DateRange | None = None
    replaces: str | None = None

    @staticmethod
    def identify(location: str, text: str) -> str:
        """Two papers that print the same words are two witnesses: the id is of place *and* text."""
        return digest("document", location, text)


LAYOUT_KINDS = ("heading", "paragraph", "block_quote", "list_item", "caption", "footnote", "link", "boilerplate")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a stretch of text was on the page. `target`: of a link, or a footnote's label. `reason`: why it is boilerplate."""

    document_id: str
    start: int
    end: int
    kind: str
    target: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a capture that the user should know. `kind` is a stable word, `advice` what the user can do about it."""

    id: str
    kind: str
    location: str
    message: str
    advice: str
    capture_id: str | None = None
    document_id: str | None = None
    start: int | None = None
    end: int | None = None

    @staticmethod
    def of(kind: str, location: str, message: str, advice: str, **where: str | int | None) -> Problem:
        """A problem with the id that its content gives it."""
        return Problem(digest("problem", kind, location, message), kind, location, message, advice, **where)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Description:
    """What the user says of documents that do not say it themselves; what is None stays as it was read.

    `pattern`: the location of a document or of the capture it is part of, `*` standing for any characters. `made`: a moment.
    """

    pattern: str
    outlet: str | None = None
    title: str | None = None
    authors: tuple[str, ...] | None = None
    published: DateRange | None = None
    made: int = 0


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes as they came in, before anything is parsed. Becomes a `Capture`."""

    location: str
    container: str
    offset: int
    media_type: str
    data: bytes
    captured: int
    how: str
    modified: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One document inside a capture's text, as a reader found it; offsets into the capture's text. `name`: becomes `#name`."""

    start: int
    end: int
    name: str = ""
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    language: str | None = None
    published: DateRange | None = None
    modified: DateRange | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """What reading one capture gives: its frozen text, the documents in it, their layout, and what went wrong.

    `layout` spans are offsets into `text` (their `document_id` is empty until the corpus cuts them per document).
    """

    text: str
    parts: tuple[Part, ...]
    layout: tuple[Layout, ...] = ()
    problems: tuple[Problem, ...] = ()
