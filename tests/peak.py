"""The most memory that a command of the program holds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.benchmark.memory import most_held

#: Of tests that hold a limit to it.
needs_linux = pytest.mark.skipif(most_held() is None, reason="the most memory held is told by Linux only")

#: The command line, whose process then tells on its last line the most that it has held, in bytes: `getrusage` tells of
#: children that of the largest of all so far.
_DRIVER = """
from harness.benchmark.memory import most_held
from harness.cli import main
try:
    main()
finally:
    print(most_held())
"""


def peak_of(*words: str, cwd: Path, status: int = 0, timeout: float = 300.0) -> int:
    """Bytes that `rerank-harness` with these words has held at most, targets beside `cwd` importable.

    Raises AssertionError, with what it said, where it does not end with `status`.
    """
    settings = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join([str(cwd), *sys.path])}
    done = subprocess.run(
        [sys.executable, "-c", _DRIVER, *words],
        cwd=cwd, env=settings, capture_output=True, text=True, check=False, timeout=timeout,
    )  # fmt: skip
    assert done.returncode == status, done.stderr
    return int(done.stdout.split()[-1])
