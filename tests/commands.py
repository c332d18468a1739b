"""Commands as documents show them, run as a user would."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

#: How the programs are started that documents show.
PROGRAMS = {
    "rerank-harness": [sys.executable, "-c", "from harness.cli import main; main()"],
    "pytest": [sys.executable, "-m", "pytest"],
}


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """`rerank-harness` with these words."""
    return started(["rerank-harness", *words], cwd)


def started(command: Sequence[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """A command whose first word is one of `PROGRAMS`."""
    return subprocess.run(
        [*PROGRAMS[command[0]], *command[1:]], capture_output=True, text=True, cwd=cwd, check=False, timeout=300
    )


def complaint(command: Sequence[str], cwd: Path) -> str:
    """What a program says of words that it does not know; empty where it knows all. Nothing else is done."""
    done = started([*command, "--help" if command[0] == "rerank-harness" else "--collect-only"], cwd)
    return "" if done.returncode == 0 else done.stderr or done.stdout
