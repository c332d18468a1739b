"""A tree is scanned in several processes as in one, and ends in one sentence where one of them is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import psutil
import pytest

from harness.audit import Rule, Vocabulary, audit
from harness.audit.files import source_files
from harness.audit.scanning import WORTHWHILE, cores, scan
from harness.core.errors import UsageError

Written = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def many(written: Written) -> Path:
    """So many files that two processes are worth it; every tenth is wrong, one does not parse."""
    files = {f"{n:03}.py": "def f():\n    bad()\n" if n % 10 == 0 else "good()\n" for n in range(2 * WORTHWHILE)}
    return written({**files, "broken.py": "def f(:\n" * 9, "a.rs": "fn f() { bad(); }", "b.cpp": "void f() { bad(); }"})


def test_several_processes_find_what_one_finds(many: Path, bad_call: Rule, vocabulary: Vocabulary) -> None:
    alone, together = (audit(many, [bad_call], vocabulary, processes=processes) for processes in (1, 2))
    assert together.findings == alone.findings
    assert (together.left, together.files) == (alone.left, alone.files)
    assert len(together.findings) == 2 * WORTHWHILE / 10 + 2


def test_files_come_in_their_order(many: Path, bad_call: Rule) -> None:
    paths, _ = source_files(many)
    scanned = [one.file.path for one in scan(paths, many, [bad_call], 2) if one.file is not None]
    assert scanned == sorted(scanned)


def test_progress_counts_every_file(many: Path, bad_call: Rule, vocabulary: Vocabulary) -> None:
    told: list[tuple[int, int]] = []
    audit(many, [bad_call], vocabulary, progress=lambda done, total: told.append((done, total)), processes=2)
    assert told == [(n, 2 * WORTHWHILE + 3) for n in range(1, 2 * WORTHWHILE + 4)]


@dataclass(frozen=True, slots=True)
class Deadly(Rule):
    """A rule that ends the process which looks for it."""

    def may_be_in(self, lowered: str) -> bool:
        os.kill(os.getpid(), signal.SIGKILL)
        return True


def test_a_process_that_is_killed_is_told(many: Path, bad_call: Rule) -> None:
    deadly = Deadly(*(getattr(bad_call, field.name) for field in fields(bad_call)))
    with pytest.raises(UsageError, match="was killed"):
        list(scan(source_files(many)[0], many, [deadly], 2))


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1


@pytest.mark.skipif(cores() < 2, reason="one core scans by itself")
def test_processes_end_with_the_one_that_began_them(tmp_path: Path) -> None:
    for n in range(40 * WORTHWHILE):
        (tmp_path / f"{n}.py").write_text("def score(pairs):\n    return [sigmoid(pair) for pair in pairs]\n" * 20)
    command = [sys.executable, "-m", "harness.cli", "audit", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        began, scanning = psutil.Process(program.pid), list[psutil.Process]()
        while len(scanning) < 2 and program.poll() is None:
            scanning = [child for child in began.children() if "spawn_main" in " ".join(child.cmdline())]
        began.kill()
    assert scanning
    assert psutil.wait_procs(scanning, timeout=20)[1] == []
