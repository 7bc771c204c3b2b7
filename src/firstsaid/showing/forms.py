"""The fields of a submitted form."""

from __future__ import annotations

from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

FILE_NAME = "{}-name"
"""The field that holds the name of an uploaded file."""


def fields_of(content_type: str, body: bytes) -> dict[str, bytes]:
    """Fields by name, the first of each; of an uploaded file also its name, as `<field>-name`. Whatever cannot be read is left out.

    >>> fields_of("application/x-www-form-urlencoded", b"why=an+edit&why=2")
    {'why': b'an edit'}
    """
    fields: dict[str, bytes] = {}
    if not content_type.lower().startswith("multipart/form-data"):
        for name, value in parse_qsl(body.decode("utf-8", "replace")):
            fields.setdefault(name, value.encode())
        return fields
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n" + body)
    if not message.is_multipart():
        return fields
    for part in message.iter_parts():
        field = part.get_param("name", header="content-disposition")
        if not isinstance(field, str):
            continue
        held = part.get_payload(decode=True)
        fields.setdefault(field, held if isinstance(held, bytes) else b"")
        if file_name := part.get_filename():
            fields.setdefault(FILE_NAME.format(field), str(file_name).encode("utf-8", "replace"))
    return fields
