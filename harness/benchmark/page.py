"""A table with its notes and the command that makes it again, whatever was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """Rows are as wide as the header."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str]
    command: str

    def markdown(self) -> str:
        """All of it."""
        lines = [f"| {' | '.join(self.header)} |", f"|{'---|' * len(self.header)}"]
        lines += [f"| {' | '.join(row)} |" for row in self.rows]
        return "\n".join([*lines, "", *(f"{note}.  " for note in self.notes), "", f"    {self.command}", ""])
