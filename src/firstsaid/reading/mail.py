"""Mails: subject and body as a document, with the date and sender of the header; lines quoted from an earlier mail are block quotes."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from itertools import groupby

from firstsaid.dates import parse_date
from firstsaid.errors import UnreadableError
from firstsaid.model import DateRange, Intake, Problem, Received
from firstsaid.reading.html_tree import Block, blocks_of, parse
from firstsaid.reading.plain import mark_doubled, undated
from firstsaid.reading.serialising import Group, serialised
from firstsaid.text import sanitize

_QUOTED = re.compile(r"[ \t]{0,3}(?:>[ \t]?){1,30}")
MAX_PARTS = 1_000
"""Mails forwarded in mails forwarded: more parts than this is no mail that a person wrote."""


def read_mail(received: Received) -> Intake:
    """One mail as one document. Attachments are left out and named in a problem.

    Raises:
        UnreadableError: it has no text.
    """
    location = received.location
    try:
        message: EmailMessage = message_from_bytes(received.data, policy=policy.default)
        blocks, left_out = _body(message, location)
        subject, sender = _header(message, "subject"), _sender(message)
        published = _date(message)
    except (MessageError, LookupError, ValueError, AttributeError, IndexError) as error:
        # The parser of the standard library raises these on headers that are no headers.
        raise UnreadableError(
            "broken-mail", f"'{location}' cannot be read as a mail: {error}", "Save the mail again, or save its text"
        ) from error
    if not blocks:
        raise UnreadableError("empty", f"'{location}' is a mail without a text", "Look whether its text is in an attachment, and add that")
    if subject:
        blocks.insert(0, Block("heading", None, subject, []))
    text, layout, parts = serialised([Group(tuple(blocks), "", subject, None, published, (sender,) if sender else ())])
    problems: list[Problem] = []
    if left_out:
        problems.append(_attachments(location, left_out))
    if published is None:
        problems.append(undated(location))
    copies, copy_problems = mark_doubled(text, parts, location)
    return Intake(text, parts, (*layout, *copies), (*problems, *copy_problems))


def _body(message: EmailMessage, location: str) -> tuple[list[Block], list[str]]:
    """The blocks of the text, plain where there is such a part, and the names of what is attached."""
    left_out: list[str] = []
    plain: list[str] = []
    pages: list[str] = []
    for number, part in enumerate(message.walk()):
        if number >= MAX_PARTS:
            left_out.append(f"everything behind part {MAX_PARTS}")
            break
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            left_out.append(str(part.get_filename() or kind))
            continue
        content = part.get_content()
        (plain if kind == "text/plain" else pages).append(sanitize(str(content))[0])
    if any(text.strip() for text in plain):
        return [block for text in plain for block in _plain_blocks(text)], left_out
    return [block for page in pages if page.strip() for block in blocks_of(parse(page, location), None) if block.text], left_out


def _plain_blocks(text: str) -> list[Block]:
    """Paragraphs; lines behind `>` are an earlier mail's."""
    blocks: list[Block] = []
    lines = text.replace("\r\n", "\n").split("\n")
    for is_quoted, group in groupby(lines, key=lambda line: _QUOTED.match(line) is not None):
        stretch = "\n".join(_QUOTED.sub("", line, count=1) if is_quoted else line for line in group)
        quote = object() if is_quoted else None
        for paragraph in re.split(r"\n[ \t]*\n", stretch):
            if paragraph.strip():
                blocks.append(Block("paragraph", None, paragraph.strip("\n").rstrip(), [], quote=quote))
    return blocks


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return re.sub(r"\s+", " ", sanitize(str(value))[0]).strip() or None if value is not None else None


def _sender(message: EmailMessage) -> str | None:
    """The sender's name as the mail states it, the address where there is none."""
    header = message.get("from")
    addresses = getattr(header, "addresses", ())
    if addresses:
        stated = addresses[0].display_name or addresses[0].addr_spec
        return sanitize(str(stated))[0].strip() or None
    return _header(message, "from")


def _date(message: EmailMessage) -> DateRange | None:
    stated = _header(message, "date")
    return parse_date(stated, "mail header") if stated else None


def _attachments(location: str, names: list[str]) -> Problem:
    shown = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
    return Problem.of(
        "attachment-left-out",
        location,
        f"{len(names)} attachments of '{location}' were left out: {shown}",
        "Save those that hold texts as files, and add them",
    )
