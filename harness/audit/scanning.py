"""Every file of a tree read, parsed and searched by every rule once, in as many processes as are asked for.

What comes back of a file is small: the names in it, and which rules match something there. To look for what rules match
is what takes time, and most files hold nothing.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import TYPE_CHECKING

from harness.audit.calls import Calls
from harness.audit.files import SourceText, read
from harness.audit.judging import is_within_file, judge_matches
from harness.audit.matching import Match, matches
from harness.audit.rule import Rule
from harness.audit.source import DEEPEST, Source
from harness.audit.tree import Outline, Tree
from harness.audit.vocabulary import Vocabulary
from harness.core.audit import Left, SourceFinding
from harness.core.errors import UsageError

if TYPE_CHECKING:
    from harness.reference.checkpoint import Checkpoint

#: Files that are worth a process of their own: 100 take one process 0.7 s and two 0.85 s, 200 take 1.6 s and 1.3 s.
WORTHWHILE = 100
#: Files that a process takes at a time.
_CHUNK = 16


@dataclass(frozen=True, slots=True)
class Scanned:
    """One file that was read: its outline, the ids of the rules that match something in it, and the findings of those
    that are judged within it, where it is audited; and what is left out of it.
    """

    file: SourceText | None = None
    outline: Outline | None = None
    hits: tuple[str, ...] = ()
    findings: tuple[SourceFinding, ...] = ()
    left: Left | None = None


def scan(paths: Sequence[Path], root: Path, rules: Sequence[Rule], processes: int = 1) -> Iterator[Scanned]:
    """Each of some files of the tree `root`, in their order. UsageError where a process is killed."""
    workers = min(processes, len(paths) // WORTHWHILE)
    if workers <= 1:
        yield from (scan_file(path, root, rules) for path in paths)
        return
    # not by fork: threads may be running here that have locks
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin, initargs=(root, rules)) as pool:
        try:
            yield from pool.map(_scan_here, paths, chunksize=_CHUNK)
        except BrokenProcessPool:
            why = "was killed, for its memory perhaps; audit the folders in it one by one"
            raise UsageError(f"a process that read the sources in {root} {why}") from None


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def scan_file(path: Path, root: Path, rules: Sequence[Rule]) -> Scanned:
    """What the rules match in one file."""
    file = read(path, root)
    if not isinstance(file, SourceText):
        return Scanned(left=file)
    source = Source(file)
    if source.is_too_deep:
        return Scanned(left=Left(file.path, f"is nested more than {DEEPEST} levels deep"))
    lines = [source.line_of(start) for start, _ in source.broken]
    if source.is_unreadable:
        return Scanned(left=Left(file.path, f"does not parse as {file.language.name} (line {lines[0]})"))
    places = ", ".join(map(str, lines[:5])) + (" …" if len(lines) > 5 else "")
    broken = f"does not parse at line {places}; the functions there were not audited"
    found, outline = list(_matches(source, rules)), Outline.of(source)
    return Scanned(
        file, outline, tuple(rule.about.id for rule, _ in found), tuple(_judged(source, outline, found)),
        Left(file.path, broken) if lines else None,
    )  # fmt: skip


def _matches(source: Source, rules: Sequence[Rule]) -> Iterator[tuple[Rule, list[Match]]]:
    lowered = source.text.lower()
    for rule in rules:
        matcher = rule.matchers.get(source.language.name)
        if matcher is not None and rule.may_be_in(lowered) and (found := matches(matcher, source)):
            yield rule, found


def _judged(source: Source, outline: Outline, found: Sequence[tuple[Rule, list[Match]]]) -> Iterator[SourceFinding]:
    """Findings of the rules for which nothing but this file is needed."""
    tree = Tree()
    tree.add(source.given, outline)
    calls, vocabulary = Calls(tree), Vocabulary(_no_checkpoint)
    for rule, matched in found:
        if is_within_file(rule):
            yield from judge_matches(rule, matched, tree, calls, vocabulary)


def _no_checkpoint() -> Checkpoint:
    raise AssertionError("a judge within a file has no vocabulary")


#: What a process of a pool scans with, given once when it begins.
_given: list[tuple[Path, Sequence[Rule]]] = []


def _scan_here(path: Path) -> Scanned:
    return scan_file(path, *_given[0])


def _begin(root: Path, rules: Sequence[Rule]) -> None:
    """Make a process ready: it ends with the one that began it, which alone is told of an interrupt."""
    _given.append((root, rules))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
