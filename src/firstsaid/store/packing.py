"""Bytes kept small: one Zstandard frame each (RFC 8878), by the codec that the Arrow library brings along."""

import pyarrow as pa

LEVEL = 3
"""Zstandard's own default: higher levels cost several times the CPU for a few percent of the size."""


def packed(data: bytes) -> bytes:
    """The bytes as one Zstandard frame."""
    return bytes(pa.Codec("zstd", LEVEL).compress(data, asbytes=True))


def unpacked(frame: bytes) -> bytes:
    """The bytes of a frame that `packed` made, or any other Zstandard writer.

    Raises:
        OSError: it is damaged or cut short.
    """
    return bytes(pa.CompressedInputStream(pa.BufferReader(frame), "zstd").read())
