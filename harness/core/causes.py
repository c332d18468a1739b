"""What is wrong at one stage, as a diagnosis says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from harness.core.vocabulary import Stage


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause: `variant` is a fault's id, or "unexplained"; `confidence` is its probability."""

    stage: Stage
    variant: str
    title: str
    confidence: float
    residual_logit: float | None
    """Median distance of the target's scores from those that this cause predicts."""
    evidence: str
    remedy: str

    def as_dict(self) -> dict[str, Any]:
        """As the contract has it."""
        return {
            "stage": self.stage.value, "variant": self.variant, "title": self.title,
            "confidence": round(self.confidence, 4), "residual_logit": self.residual_logit,
            "evidence": self.evidence, "remedy": self.remedy,
        }  # fmt: skip


def cause_from_dict(fields: dict[str, Any]) -> Cause:
    """The cause that `as_dict` wrote; KeyError, TypeError or ValueError where it is none."""
    return Cause(**{**fields, "stage": Stage(fields["stage"]), "confidence": float(fields["confidence"])})
