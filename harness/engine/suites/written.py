"""The folder of one device's run, as the only process that writes into it has it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from harness.core.run import Run
from reports import write_reports
from reports.store import EventLog, RunFolder


@dataclass
class Written:
    """What is written of a run: its events as they come, and its reports at the end."""

    device: str
    log: EventLog
    run: Run | None = None

    @classmethod
    def begin(cls, out: Path | None, device: str) -> Written:
        """Make the folder: one a device in `out`, or a new one where runs go by default."""
        return cls(device, EventLog(RunFolder.create(None if out is None else out / device, device).events))

    def close(self) -> None:
        """Write the reports of what has been told."""
        self.log.close()
        self.run = write_reports(self.log.path)

    def conclusion(self) -> str:
        """One line: verdict, what it rests on, and where the report is."""
        if self.run is None:
            return f"interrupted; rebuild with: rerank-harness report {self.log.path}"
        report = f"report: {self.log.path.parent / 'report.html'}"
        if self.run.unavailable:
            return f"not verified: {self.run.unavailable[0].reason}  {report}"
        return f"verdict: {self.run.verdict}  {report}"
