"""Names of deployments: short, of what they differ in, and each a folder of its own on every file system."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import count

from harness.core.fleet import AXES

#: Characters of a name; of longer ones the end is kept, which tells more of a path than its beginning.
LONGEST = 60
#: Names in a fleet's folder, or in that of a run which takes its place.
_TAKEN = ("fleet.json", "matrix.json", "matrix.md", "matrix.html", "events.jsonl", "answers.jsonl", "scores")

Asked = Mapping[str, object]


def names_of(requests: Sequence[Asked], given: Sequence[str | None]) -> list[str]:
    """A name for each of what was asked for: as given, or of the axes in which they differ; none is there twice."""
    varied = [axis for axis in AXES if len({str(each.get(axis)) for each in requests}) > 1] or ["target"]
    taken = {name.casefold() for name in (*_TAKEN, *(name for name in given if name))}
    found = []
    for asked, name in zip(requests, given, strict=True):
        found.append(name or _free(_stem(asked, varied), taken))
        taken.add(found[-1].casefold())
    return found


def _stem(asked: Asked, varied: Sequence[str]) -> str:
    words = [slug(str(asked.get(axis) or "default")) for axis in varied]
    return "-".join(filter(None, words))[-LONGEST:].strip("-.") or "deployment"


def slug(word: str) -> str:
    """A word as part of a name: letters, digits, dots and dashes."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", re.sub(r"https?://", "", word)).strip("-.")


def _free(stem: str, taken: set[str]) -> str:
    """The stem, with a number behind it where that name is taken, also where letters alone differ in case."""
    return next(name for n in count(1) if (name := stem if n == 1 else f"{stem}-{n}").casefold() not in taken)
