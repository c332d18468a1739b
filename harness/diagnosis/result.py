"""What a diagnosis says."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from harness.core.causes import Cause
from harness.core.vocabulary import Stage

SCHEMA = "rerank-harness/diagnosis/1"


class Judgement(StrEnum):
    """The verdict of a diagnosis."""

    PASS = "pass"
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, slots=True)
class Example:
    """One score: what the target sent, what the reference computes, and what the causes predict."""

    step: str
    query: str
    document: str
    scale: str
    target: float | None
    reference: float | None
    explained: float | None


@dataclass(frozen=True, slots=True)
class Deviation:
    """How far the target's scores are from the reference's, in logits, and how far a healthy target's may be."""

    max_abs_logit: float | None
    median_abs_logit: float | None
    noise_floor_logit: float


@dataclass(frozen=True, slots=True)
class Reproducer:
    """A small request that still goes wrong."""

    query: str
    documents: tuple[str, ...]
    instruction: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place inside a pipeline where a target leaves the reference; `value` and `limit` are in logits or, for
    states, relative to their length.
    """

    stage: Stage
    where: str
    message: str
    evidence: str
    value: float | None = None
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Verdict, causes by falling confidence, and what they rest on."""

    verdict: Judgement
    summary: str
    causes: tuple[Cause, ...]
    deviation: Deviation
    examples: tuple[Example, ...]
    remarks: tuple[str, ...]
    probes: int
    requests: int
    passes: int
    elapsed_seconds: float
    difference: Difference | None = None
    reproducer: Reproducer | None = None

    def as_dict(self) -> dict[str, Any]:
        """The document that `diagnose --json` writes."""
        return {
            "schema": SCHEMA, "verdict": self.verdict.value, "summary": self.summary,
            "causes": [cause.as_dict() for cause in self.causes], "deviation": asdict(self.deviation),
            "examples": [asdict(example) for example in self.examples], "remarks": list(self.remarks),
            "probes": self.probes, "requests": self.requests, "forward_passes": self.passes,
            "elapsed_seconds": round(self.elapsed_seconds, 3),
            "first_difference": None if self.difference is None else asdict(self.difference),
            "reproducer": None if self.reproducer is None else asdict(self.reproducer),
        }  # fmt: skip
