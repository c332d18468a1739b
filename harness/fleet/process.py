"""A deployment verified by a process of its own, and what its end says."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from pathlib import Path

from harness.core.fleet import State
from harness.fleet.task import Outcome, Task

#: What the process prints, in the deployment's folder.
LOG = "verify.log"
#: Seconds that a process is given to end after it has said what became of it.
PATIENCE = 20.0
#: Seconds that it is given to end by itself once it is to be stopped, which takes 16 ms at most where it hears of it:
#: native code that holds the interpreter's lock keeps it from that.
GRACE = 5.0
_ROOT = str(Path(__file__).parents[2])
#: The folder that a user is in may hold a `reports` of its own, as ours are written there: nothing is imported from it.
COMMAND = (
    sys.executable, "-P", "-c",
    f"import sys; sys.path.append({_ROOT!r}); from harness.fleet.child import main; main()",
)  # fmt: skip


class Process:
    """Started when it is made. It ends by itself, or when `stop` is called, or when this process ends, however."""

    def __init__(self, task: Task) -> None:
        self._log = task.folder / LOG
        with self._log.open("ab" if task.goes_on else "wb") as log:
            # in a session of its own: an interrupt from the keyboard is for this process, which then stops the other
            self._process = subprocess.Popen(
                COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, start_new_session=True
            )
        self._ask(task)

    def outcome(self) -> tuple[State, Outcome]:
        """Wait for its end; a process that says nothing has crashed."""
        assert self._process.stdout is not None
        with self._process.stdout as told_by:
            line = told_by.readline()
        status = self._ended()
        told = Outcome.of_line(line)
        if told is None:
            return State.CRASHED, Outcome(3, _why(status, self._log))
        states = {2: State.REFUSED, 3: State.LOST}
        return states.get(told.exit_status, State.FINISHED), told

    def stop(self) -> None:
        """Have it end now, and wait for that; what its run has so far is kept."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it may have ended
            self._process.stdin.close()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _ended(self) -> int:
        """Its status; what has said all and does not end is ended."""
        try:
            return self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            return -signal.SIGKILL
        finally:
            self.stop()

    def _ask(self, task: Task) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it may have ended by itself; its outcome says so
            self._process.stdin.write(task.as_line().encode())
            self._process.stdin.flush()


def _why(status: int, log: Path) -> str:
    """Why a process that said nothing ended, as far as that is known."""
    if status < 0:
        name = signal.Signals(-status).name if -status in set(signal.Signals) else str(-status)
        memory = "; is there enough memory?" if name == "SIGKILL" else ""
        return f"its process was ended by {name}{memory} ({LOG})"
    return f"its process ended with status {status}: {_last_line(log)} ({LOG})"


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.is_file() else []
    return next((line.strip()[:300] for line in reversed(lines) if line.strip()), "it said nothing")
