"""A diagnosis without a model to compare with."""

from __future__ import annotations

import time
from dataclasses import replace

from harness.core.causes import Cause
from harness.core.vocabulary import Stage
from harness.diagnosis.answers import Answer
from harness.diagnosis.asking import Examinee
from harness.diagnosis.examination import Ability, Step, examination, examination_of
from harness.diagnosis.remedies import remedy
from harness.diagnosis.result import Deviation, Diagnosis, Judgement
from harness.diagnosis.symptoms import Sign, remarks, signs
from harness.faults.catalogue import catalogue
from harness.targets.protocol import Target

SURER = "name the checkpoint with --model, or an answer pack with --pack, to compare score by score"


def diagnosed_by_symptoms(target: Target, kind: str | None, max_length: int) -> Diagnosis:
    """What the target's answers alone tell: they may show a fault, and never that there is none."""
    began, examinee = time.perf_counter(), Examinee(target)
    recorded = getattr(target, "pairs", None)
    steps = examination(_by_default(examinee.ability), max_length) if recorded is None else examination_of(recorded)
    asked: list[tuple[Step, tuple[Answer, ...]]] = [(step, examinee.answers(step)) for step in steps if not step.late]
    found = signs(asked)
    return Diagnosis(
        verdict=Judgement.FAIL if found else Judgement.INCONCLUSIVE,
        summary=_summary(found),
        causes=tuple(_cause(sign, kind) for sign in found),
        deviation=Deviation(None, None, 0.0),
        examples=(),
        remarks=(f"to be surer: {SURER}", *remarks(asked), f"steps asked: {', '.join(step.id for step, _ in asked)}"),
        probes=len({pair for step, _ in asked for pair in step.pairs}),
        requests=examinee.requests,
        passes=0,
        elapsed_seconds=time.perf_counter() - began,
    )


def _by_default(ability: Ability) -> Ability:
    """Scores as they are sent to everybody, where there is a choice: closed forms are about those."""
    return replace(ability, raw=ability.raw and not ability.activated)


def _summary(found: list[Sign]) -> str:
    if not found:
        return "no known symptom is seen; without a model that does not say that scores are right"
    entry = catalogue()[found[0].fault]
    return f"a symptom is seen: {found[0].evidence}; most likely {entry.title} (stage {entry.stage})"


def _cause(sign: Sign, kind: str | None) -> Cause:
    entry = catalogue()[sign.fault]
    stage: Stage = entry.stage
    return Cause(
        stage, entry.id, entry.title, sign.confidence, None, f"{sign.evidence}; what is known of it: {entry.symptom}",
        remedy(entry.id, kind),
    )  # fmt: skip
