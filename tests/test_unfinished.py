"""What is in the making, and what somebody who was killed has left of it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from firstsaid.unfinished import hold_folder, private_folder, whole_file

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no locks of this kind")
HOLDS = """
import sys, time
from pathlib import Path
from firstsaid.unfinished import hold_folder
held = hold_folder("spill-", Path(sys.argv[1]))
print(held.path, flush=True)
time.sleep(60)
"""


def an_hour_old(path: Path) -> Path:
    os.utime(path, (time.time() - 3_600,) * 2)
    return path


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    output = tmp_path / "pairs.jsonl"
    output.write_text("before")

    def fails() -> None:
        with whole_file(output) as making:
            making.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]
    with whole_file(output) as making:
        making.write_text("whole")
        assert output.read_text() == "before"
    assert [path.read_text() for path in tmp_path.iterdir()] == ["whole"]


def test_a_device_is_written_to_as_it_is() -> None:
    with whole_file(Path("/dev/null")) as making:
        assert making == Path("/dev/null")


def test_what_was_left_behind_goes_and_all_else_stays(tmp_path: Path) -> None:
    for name in ("pairs.jsonl-abcd_123.part", "pairs.jsonl-mine.part", "other.jsonl-abcd_123.part", "pairs.jsonl-abcd_123.part.bak"):
        Path(tmp_path, name).write_text("half")
        an_hour_old(Path(tmp_path, name))
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "pairs.jsonl-abcd_124.part").symlink_to(outside)
    with whole_file(tmp_path / "pairs.jsonl") as making:
        making.write_text("whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "other.jsonl-abcd_123.part", "outside", "pairs.jsonl", "pairs.jsonl-abcd_123.part.bak", "pairs.jsonl-abcd_124.part",
        "pairs.jsonl-mine.part",
    ]  # fmt: skip


def test_what_somebody_holds_stays_however_old_it_is(tmp_path: Path) -> None:
    held = hold_folder("spill-", tmp_path)
    an_hour_old(held.path)
    with private_folder("spill-", tmp_path) as other:
        assert held.path.exists()
        assert other.stat().st_mode & 0o077 == 0
    held.remove()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_held_is_removed_by_the_next(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(tmp_path)], stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        path = an_hour_old(Path(killed.stdout.readline().strip()))
        with private_folder("spill-", tmp_path):
            assert path.exists()
        killed.kill()
    an_hour_old(path)
    with private_folder("spill-", tmp_path):
        assert not path.exists()
