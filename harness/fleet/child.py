"""What a process of its own does, to verify one deployment of a fleet (`process.COMMAND` starts it).

So memory is given back, and a crash stays here. What is to be done comes in by the standard input; what became of it
goes out by what was the standard output. All that is printed goes to the log.
"""

from __future__ import annotations

import os
import sys
import threading
from io import FileIO
from typing import TextIO

from harness.core.errors import HarnessError, UsageError
from harness.core.vocabulary import Verdict
from harness.engine.opening import request_of
from harness.engine.resume import resume
from harness.engine.session import select_checks
from harness.engine.verification import Finished, verify_into
from harness.fleet.task import Outcome, Task
from reports.store import RunFolder, whole_events


def main() -> None:
    """Verify, and tell the outcome."""
    told = _outlet()
    source = FileIO(0, closefd=False)  # without a buffer, whose lock would be held while the process ends
    task = Task.of_line(source.readline())
    threading.Thread(target=_end_with, args=(source,), daemon=True).start()
    outcome = _outcome(task)
    told.write(outcome.as_line())
    told.close()
    sys.exit(outcome.exit_status)


def _outcome(task: Task) -> Outcome:
    try:
        finished = _verified(task)
    except HarnessError as error:
        print(f"rerank-harness: {error}", file=sys.stderr, flush=True)
        return Outcome(error.exit_status, str(error))
    return Outcome(finished.exit_status, _why_not_good(finished))


def _verified(task: Task) -> Finished:
    if task.goes_on and _has_begun(RunFolder(task.folder)):
        return resume(task.folder, task.headers, task.afterwards, task.engine)
    checks = select_checks(task.only) if task.only else None
    return verify_into(request_of(task.request, task.headers), task.folder, checks, task.afterwards, task.engine)


def _why_not_good(finished: Finished) -> str:
    if finished.good or finished.run.verdict is not Verdict.PASS:
        return ""
    return "it passes by itself, but is worse than its base (nightly.html), or a waiver does not hold (verify.log)"


def _has_begun(folder: RunFolder) -> bool:
    """Whether there is a run to go on with; a stream that is no stream is begun anew."""
    try:
        return bool(whole_events(folder.events))
    except UsageError:
        return False


def _outlet() -> TextIO:
    """What was the standard output, which nobody else writes to from here on: a callable under verification may
    print.
    """
    outlet = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return outlet


def _end_with(source: FileIO) -> None:
    """End when the one who asked is gone: its end of the pipe is closed then, however it ended. What the run has so
    far is kept.
    """
    while source.read(1):
        pass
    os._exit(3)
