"""Whether what was matched says by its name what it is about, or its file or the symbol around it does.

Settings: `named` is a regex that one of them must hold, or `asked` one that the code must, `unless` one that the name
must not hold, and `name` one that finds the name in the code that was matched, or in the variable NAME of the pattern
where it has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from harness.audit.judges.registry import Case, Judged, judge


@judge("named")
def named(case: Case) -> Iterator[Judged]:
    """Keep the matches that are about what the settings name."""
    name, wanted, other = (re.compile(case.settings[key]) for key in ("name", "named", "unless"))
    asked = re.compile(case.settings.get("asked", "$^"))
    kept = []
    for match in case.matches:
        found = name.search(match.text("NAME") or match.text())
        called = found[0] if found else ""
        said = f"{PurePath(match.place.path).name} {match.place.symbol} {called}"
        if (wanted.search(said) or asked.search(match.text())) and not other.search(called):
            kept.append(match)
    if kept:
        yield Judged(tuple(kept))
