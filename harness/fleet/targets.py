"""Targets that are verified beside each other: those of the command line, or of a file with one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from harness.core.errors import UsageError
from harness.fleet.matrix import MOST

#: A comment begins a line, or stands behind a blank.
_COMMENT = re.compile(r"(^|\s)#.*")
LARGEST = 2**20


def read_targets(path: Path) -> tuple[str, ...]:
    """The targets of a file, a line each; UsageError where it cannot be read or names none."""
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path} has more than {LARGEST} bytes; a file of targets has one target a line")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise UsageError(f"{path} cannot be read as a file of targets ({reason})") from None
    found = tuple(_targets(text))
    if not found:
        raise UsageError(f"{path} names no target; write one a line")
    return found


def distinct(targets: Sequence[str]) -> tuple[str, ...]:
    """The targets, in their order; UsageError for one that is named twice, and for too many."""
    if twice := [target for target in dict.fromkeys(targets) if targets.count(target) > 1]:
        raise UsageError(f"the target {twice[0].rpartition('@')[2]!r:.200} is named twice")
    if len(targets) > MOST:
        raise UsageError(f"{len(targets)} targets are named; at most {MOST} are verified in one go")
    return tuple(targets)


def _targets(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if target := _COMMENT.sub("", line).strip():
            yield target
