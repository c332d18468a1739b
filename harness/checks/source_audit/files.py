"""Which sources were read."""

from __future__ import annotations

from collections.abc import Iterator

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds, warns
from harness.core.vocabulary import Area, Phase, Severity, Stage, Status

#: Files that are named one by one; the others are counted.
NAMED = 20


@check(
    "source-audit.files",
    "The sources can be read",
    area=Area.SOURCE_AUDIT,
    stage=Stage.ASSEMBLE,
    phase=Phase.CONFIGURATION,
    severity=Severity.MINOR,
    needs=(Need.SOURCE,),
    beside="says what the other checks of its area have read",
)
def files(context: Context) -> Iterator[Outcome]:
    """The tree has sources that the audit reads; each file that it could not read, or not all of, is named."""
    assert context.sources is not None
    audited = context.sources.audited
    told = ", ".join(f"{count} {language}" for language, count in sorted(audited.files.items()))
    yield holds(bool(told), f"read {told} files" if told else "the tree has no Python, Rust or C++ source")
    for left in audited.left[:NAMED]:
        yield warns(f"{left.path} {left.reason}", subject=left.path, remedy="nothing was concluded from it")
    if (more := len(audited.left) - NAMED) > 0:
        yield warns(f"{more} more files were left out", subject="others")
    for problem in audited.problems:
        yield Outcome(Status.FAIL, problem, subject=problem.partition(":")[0], severity=Severity.MAJOR)
