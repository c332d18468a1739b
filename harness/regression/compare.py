"""One run held against another: what may be compared is, and what may not is said."""

from __future__ import annotations

from collections.abc import Iterator

from harness.core.comparison import ALPHA, MARGIN, Comparison, RunName
from harness.core.environment import differences
from harness.core.run import Run
from harness.regression.allowance import Allowance
from harness.regression.comparable import asked_alike, refuse_others, unknown, unscored
from harness.regression.findings import compare_findings, uncompared
from harness.regression.joined import joined
from harness.regression.quality import compare_quality
from harness.regression.samples import compare_samples
from harness.regression.scores import compare_scores


def compare(
    base: Run, run: Run, *, alpha: float = ALPHA, margin: float = MARGIN, other_hardware: bool = False
) -> Comparison:
    """Quality, scores, speed, memory and findings of `run` beside `base`. UsageError where model, collection or prompt
    are not the same.
    """
    refuse_others(base, run)
    queries = joined(base, run)
    allowance = Allowance.between(base, run, queries)
    quality = compare_quality(base, run, queries, allowance, alpha=alpha, margin=margin, asked=asked_alike(base, run))
    samples, without = compare_samples(base, run, alpha=alpha, other_hardware=other_hardware)
    return Comparison(
        base=_name(base), run=_name(run), differences=differences(base, run), quality=tuple(quality),
        scores=compare_scores(queries, allowance, alpha=alpha), samples=tuple(samples),
        findings=tuple(compare_findings(base, run)),
        left_out=(
            *unknown(base, run), *unscored(base, run), *_elsewhere(allowance), *without, *uncompared(base, run),
        ),
        alpha=alpha,
    )  # fmt: skip


def _name(run: Run) -> RunName:
    begun = run.started
    return RunName(
        run.id, begun.started, run.verdict.value, str(begun.target.get("spec")), begun.model.get("id"), run.device,
        begun.profile,
    )  # fmt: skip


def _elsewhere(allowance: Allowance) -> Iterator[str]:
    if allowance.elsewhere:
        yield (
            f"Scores: {allowance.elsewhere}; so they may be {allowance.noise:.2g} logit apart, as far as both together "
            "may be from what the model defines."
        )
