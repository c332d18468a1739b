"""A comparison in which something of every kind changed, with foul text in it."""

from __future__ import annotations

from dataclasses import replace

from harness.core.comparison import (
    BaselineState,
    Comparison,
    Difference,
    FindingChange,
    Flip,
    Judgement,
    MovedScore,
    QualityChange,
    RunName,
    SampleChange,
    ScoreChanges,
)
from harness.core.run import Run

BASE = RunName("b" * 32, "2026-01-01T02:00:00+00:00", "pass", "http://127.0.0.1:8080", "tiny-causal", "cpu", "nightly")


def comparison(run: Run, foul: str = "") -> Comparison:
    """The run of the demo held against an earlier one."""
    failed = next(f for f in run.findings if f.status == "fail")
    was = replace(failed, status=type(failed.status)("pass"))
    worse = QualityChange(
        "ndcg@10", f"language=de{foul}", 0.91, 0.84, -0.07, -0.11, -0.03, 0.002, 1, 20, 9, 0.01, False, 0.02,
        ((f"q1{foul}", -0.5),), Judgement.WORSE,
    )  # fmt: skip
    same = replace(worse, slice="", judgement=Judgement.UNCHANGED, difference=0.0, low=-0.001, high=0.001, p_value=1.0)
    moved = MovedScore(f"q1{foul}", "d3", 1.25, -0.5, 0.0, Judgement.WORSE)
    return Comparison(
        BASE,
        replace(BASE, id=run.id, started=run.started.started, verdict=run.verdict.value),
        (Difference("packages: torch", "2.12.0", f"2.13.0{foul}"),),
        (worse, same),
        ScoreChanges(300, 1e-4, 1, 0, 1, 0, 1.75, (moved,), (Flip("q1", "d3", "d4", 0.8, 2),), Judgement.WORSE, ""),
        (
            SampleChange("latency", "Latency of 20 documents", "ms", 10.0, 11.4, 1.14, 1.1, 1.18, 1e-4, 0.05, 60,
                         Judgement.WORSE),
            SampleChange("memory", "Memory", "MiB", 300.0, 301.0, 1.003, 0.99, 1.01, 0.7, 0.1, 60,
                         Judgement.UNCHANGED),
        ),
        (FindingChange(BaselineState.UPDATED, was, failed, -0.4, Judgement.WORSE),),
        ("No memory was measured on the server.",),
        0.05,
    )  # fmt: skip
