"""A comparison of two runs on the terminal: the judgement, what is worse, then everything else in brief."""

from __future__ import annotations

import sys
from typing import TextIO

from harness.core.comparison import BaselineState, Comparison, Judgement
from reports import changes
from reports.text import moment, one_line, plural

_STYLES = {
    Judgement.WORSE: "bold red", Judgement.FLAKY: "yellow", Judgement.BETTER: "green", Judgement.UNCHANGED: "",
    Judgement.UNDECIDED: "dim",
}  # fmt: skip
#: Changes of one judgement that are printed; the report has all of them.
MOST = 20


def shown(comparison: Comparison, stream: TextIO | None = None) -> None:
    """Print a comparison, to standard output unless told otherwise."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream or sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=True)

    def line(text: str, style: str = "") -> None:
        console.print(Text(one_line(text) if text.strip() else "", style))

    base = comparison.base
    line(f"{changes.headline(comparison)}", _STYLES[comparison.judgement])
    line(f"base {base.id[:8]} of {moment(base.started)}, run {comparison.run.id[:8]}", "dim")
    for judgement in changes.SIGNS:
        told = [change for change in changes.told(comparison) if change.judgement == judgement]
        for change in told[:MOST]:
            line(
                f"{changes.SIGNS[judgement]} {judgement}  {change.subject}: {change.sentence}",
                _STYLES[change.judgement],
            )
        if len(told) > MOST:
            line(f"  and {plural(len(told) - MOST, 'more change')} of that kind: --json has all")
    line(_rest(comparison))
    for difference in comparison.differences:
        line(f"different around it  {difference.name}: {difference.base} → {difference.run}", "dim")
    for sentence in comparison.left_out:
        line(f"not compared  {sentence}", "dim")


def _rest(comparison: Comparison) -> str:
    """What stayed as it was, in one sentence."""
    still = Judgement.UNCHANGED
    quality = sum(change.judgement is still for change in comparison.quality)
    samples = sum(change.judgement is still for change in comparison.samples)
    findings = sum(change.state is BaselineState.UNCHANGED for change in comparison.findings)
    told = [f"{plural(quality, 'figure')} of quality", f"{plural(samples, 'figure')} of speed and memory"]
    told += [plural(findings, "finding")]
    if comparison.scores is not None and comparison.scores.judgement is still:
        told.append(f"{plural(comparison.scores.compared, 'score')} (noise {comparison.scores.noise_logit:.1e} logit)")
    return f"Unchanged: {', '.join(told)}."
