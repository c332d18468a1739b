"""What is known of each fault, as data: title, symptom, remedy, and the public threads where it was met.

One TOML file a stage, one table a fault. It can be read where neither torch nor a model is at hand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from harness.core.vocabulary import Stage


@dataclass(frozen=True, slots=True)
class Entry:
    """One fault, in words. `met` are threads as owner/repository#number."""

    stage: Stage
    id: str
    title: str
    symptom: str
    remedy: str
    met: tuple[str, ...]

    @property
    def links(self) -> tuple[str, ...]:
        """The addresses of the threads."""
        return tuple(f"https://github.com/{name}/issues/{number}" for name, _, number in map(_parts, self.met))


@cache
def catalogue() -> Mapping[str, Entry]:
    """Every fault of the pipeline by its id, in the order of the stages and then of the files."""
    folder = files(__name__)
    texts = {stage: (folder / f"{stage}.toml").read_text(encoding="utf-8") for stage in Stage}
    return {
        id: Entry(stage, id, table["title"], table["symptom"], table["remedy"], tuple(table["met"]))
        for stage, text in texts.items()
        for id, table in tomllib.loads(text).items()
    }


def _parts(thread: str) -> tuple[str, str, str]:
    return thread.partition("#")
