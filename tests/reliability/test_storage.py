"""A disk that is full, and a folder that cannot be written: one clear line, and what was written before stays."""

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.core.events import FindingMade
from reports.store import read_events

#: Bytes that a file may grow to: more than the first check leaves, less than the 79 kB of a whole run's answers.
ROOM = 60_000


def limited(*, size: int) -> Callable[[], None]:
    """What a process does before it begins: no file of its may grow further."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def told_in_one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The line of the error; what else is there tells how the run went."""
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("rerank-harness: ")]
    assert "Traceback" not in done.stderr
    return line


def test_a_file_that_may_grow_no_further_ends_the_run_which_can_go_on(desk: Any, whole: Any) -> None:
    made = desk()
    done = made.run(made.verify(), preexec_fn=limited(size=ROOM))
    assert (done.returncode, told_in_one_line(done)) == (
        2,
        "rerank-harness: cannot write run/answers.jsonl: File too large; what was written before is kept; make room, "
        "then: rerank-harness verify --resume run",
    )
    assert any(isinstance(event, FindingMade) for event in read_events(made.out / "events.jsonl"))
    assert made.run([*made.command, "report", "run/events.jsonl"]).returncode == 0
    assert made.run(made.resume()).returncode == 0
    assert made.told() == whole.desk.told()
    assert made.asked().total() <= whole.desk.asked().total() + 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with little room, where this process may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(disk)], capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
@pytest.mark.parametrize(("room", "finds_no_room"), [("96k", "answers.jsonl"), ("192k", "report.html")])
def test_a_full_disk_ends_the_run_which_can_go_on(
    room: str, finds_no_room: str, small_disk: Path, desk: Any, whole: Any
) -> None:
    made = desk()
    made.out.symlink_to(small_disk)
    subprocess.run(["mount", "-o", f"remount,size={room}", str(small_disk)], check=True)
    done = made.run(made.verify())
    expected = f"rerank-harness: cannot write run/{finds_no_room}: No space left on device; "
    assert (done.returncode, told_in_one_line(done)[: len(expected)]) == (2, expected)
    assert any(isinstance(event, FindingMade) for event in read_events(made.out / "events.jsonl"))
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    assert made.run(made.resume()).returncode == 0
    assert made.told() == whole.desk.told()


@pytest.fixture
def bound() -> list[str]:
    """What makes permissions bind a command: root may write anywhere unless it lays that power down."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("permissions do not bind root, and setpriv is missing")
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]


@pytest.mark.parametrize("resumed", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_a_folder_that_cannot_be_written_is_told_before_anything_is_asked(
    resumed: bool, desk: Any, bound: list[str]
) -> None:
    made = desk()
    if resumed:
        made.killed(made.verify(), 1.0)
    asked = made.asked()
    for path in (*made.out.glob("*"), made.out, made.path):
        if path.exists():
            path.chmod(0o555 if path.is_dir() else 0o444)
    done = made.run([*bound, *(made.resume() if resumed else made.verify())])
    made.path.chmod(0o755)
    assert (done.returncode, "cannot write run" in told_in_one_line(done)) == (2, True)
    assert made.asked() == asked
