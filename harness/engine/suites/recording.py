"""`--rerank-record` over workers: each tells what its target answered, and the controller writes one file."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.core.errors import CannotWrite
from harness.targets.recorded import Recorder


@dataclass(frozen=True)
class ToldRecorder(Recorder):
    """A recorder whose lines are told instead of written."""

    tell: Callable[[str], None] = field(default=lambda line: None, repr=False)

    def _write(self, lines: Sequence[str]) -> None:
        for line in lines:
            self.tell(line)


@dataclass
class Recording:
    """The file of one device's run. A pair that several workers asked is written once, with the first answer."""

    path: Path
    written: set[tuple[str, ...]] = field(default_factory=set)

    def __call__(self, line: str) -> None:
        """Take a line; CannotWrite where there is no room for it."""
        fields = json.loads(line)
        pair = tuple(str(fields.get(name)) for name in ("query", "document", "instruction"))
        if pair in self.written:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a" if self.written else "w", encoding="utf-8") as file:
                file.write(line)
        except OSError as error:
            raise CannotWrite(f"cannot write the recording {self.path}: {error.strerror}") from None
        self.written.add(pair)
