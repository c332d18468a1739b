"""From an examination to a verdict with causes."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from harness.core.causes import Cause
from harness.core.errors import UsageError
from harness.core.pairs import Pair
from harness.core.vocabulary import Stage
from harness.diagnosis.answers import Reading, Zone, read
from harness.diagnosis.asking import Examinee
from harness.diagnosis.examination import Step, examination, examination_of
from harness.diagnosis.hypotheses import Hypothesis
from harness.diagnosis.remedies import remedy
from harness.diagnosis.result import Deviation, Diagnosis, Example, Judgement
from harness.diagnosis.search import BEYOND_NOISE, Explanation, Search
from harness.diagnosis.sources import Source
from harness.diagnosis.unexplained import miscounted, narrowed
from harness.faults.catalogue import catalogue
from harness.reference.stages import RerankRequest
from harness.targets.protocol import Target

#: Faults that are none where a target is meant to compute with as few bits.
LOW_PRECISION = frozenset({"low-precision", "weights-in-bfloat16", "weights-in-float16", "logits-in-bfloat16"})
#: Probability from which on a cause is worth telling, and up to which a healthy target is ruled out.
WORTH_TELLING, RULED_OUT = 0.05, 0.05
EXAMPLES = 6
#: Characters of a text that are shown.
SHOWN = 60
UNKNOWN = "unexplained"


@dataclass(frozen=True)
class Doctor:
    """Diagnoses targets by one source. `dtype` is what the target is meant to compute in, None where nobody said."""

    source: Source
    max_length: int
    dtype: str | None = None
    kind: str | None = None
    """The server's dialect, or what else the target is, for remedies."""

    def diagnose(self, target: Target) -> Diagnosis:
        """Examine the target and explain what it answers."""
        began, examinee = time.perf_counter(), Examinee(target)
        before = self.source.passes
        search = Search(self.source, examinee.interface, examinee.answers, self._tolerated)
        found = search.run(self._steps(examinee))
        concluded = Conclusion(search, found, self)
        return Diagnosis(
            verdict=concluded.verdict,
            summary=concluded.summary,
            causes=concluded.causes,
            deviation=self._deviation(search.healthy),
            examples=tuple(concluded.examples())[:EXAMPLES],
            remarks=tuple(concluded.remarks()),
            probes=len({pair for step, _ in search.asked for pair in step.pairs}),
            requests=examinee.requests,
            passes=self.source.passes - before,
            elapsed_seconds=time.perf_counter() - began,
        )

    def _steps(self, examinee: Examinee) -> Sequence[Step]:
        recorded = getattr(examinee.target, "pairs", None)
        if recorded is not None:
            return examination_of(self._known(recorded))
        steps = examination(examinee.ability, self.max_length)
        if self.source.logits((), steps[0].requests[0].pairs) is not None:
            return steps
        return self.source.steps(examinee.ability)

    def _known(self, recorded: Sequence[Pair]) -> Sequence[Pair]:
        """The recorded pairs that there is something to compare with."""
        known = [pair for pair in recorded if self.source.logits((), (pair,)) is not None]
        if not known:
            raise UsageError(f"none of the {len(recorded)} recorded pairs is among those of the pack")
        return known

    def is_precise(self, dtype: str) -> bool:
        """Whether noise of that dtype is no wider than what the target is meant to have; any dtype may be where nobody
        said which.
        """
        noise = self.source.noise
        return dtype in noise and (self.dtype is None or noise[dtype] <= noise[self.dtype])

    @property
    def _tolerated(self) -> float:
        return self.source.noise[self.dtype] if self.dtype else max(self.source.noise.values())

    @property
    def noise_floor(self) -> float:
        """Noise of the dtype that the target is meant to compute in, of the most precise one where nobody said."""
        return self.source.noise[self.dtype] if self.dtype else min(self.source.noise.values())

    def _deviation(self, healthy: Hypothesis) -> Deviation:
        apart = healthy.fit.distances
        if not apart.size:
            return Deviation(None, None, self.noise_floor)
        return Deviation(float(apart.max()), float(np.median(apart)), self.noise_floor)


@dataclass(frozen=True)
class Conclusion:
    """What the explanations of a search mean."""

    search: Search
    explanations: Sequence[Explanation]
    doctor: Doctor

    @property
    def sound(self) -> float:
        """Probability that nothing is wrong."""
        return sum(e.probability for e in self.explanations if self._is_sound(e))

    @property
    def verdict(self) -> Judgement:
        """Fail where a healthy target is ruled out, pass where nothing is more probable."""
        if self.sound < RULED_OUT:
            return Judgement.FAIL
        return Judgement.PASS if self.sound > 0.5 else Judgement.INCONCLUSIVE

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Each fault with the probability of the explanations that hold it, most probable first."""
        if self.verdict is Judgement.PASS:
            return ()
        total: dict[str, float] = defaultdict(float)
        for explanation in self.explanations:
            for variant in self._variants(explanation):
                total[variant] += explanation.probability
        ranked = sorted(total, key=lambda variant: (-round(total[variant], 6), self._place(variant)))
        return tuple(self._cause(variant, total[variant]) for variant in ranked if total[variant] >= WORTH_TELLING)

    @property
    def summary(self) -> str:
        """The verdict in one sentence."""
        match self.verdict:
            case Judgement.PASS:
                return f"the target computes what the model defines{self._as_dtype()}"
            case Judgement.INCONCLUSIVE:
                return "it cannot be told whether the target computes what the model defines"
        sure = [f"{cause.title} (stage {cause.stage})" for cause in self.causes if cause.confidence > 0.5]
        return " and ".join(sure) or "something is wrong, and several causes are about as probable"

    def remarks(self) -> Iterator[str]:
        """What a reader should know beside the verdict."""
        steps = {step.id for step, _ in self.search.asked}
        yield f"steps asked: {', '.join(step.id for step, _ in self.search.asked)}"
        told = miscounted(self.search.asked, self.doctor.source, self._top.faults or ())
        if told is not None and self.verdict is Judgement.FAIL:
            yield f"{told}: another prompt besides, or another way to count"
        if self.verdict is Judgement.PASS and self._as_dtype():
            far = f"scores are as far from the definition as arithmetic in {self._top.dtype} takes them"
            yield f"{far}; say --dtype float32 if they should not be"
        if self.verdict is Judgement.PASS and "long" not in steps:
            yield "long documents could not be asked"

    def examples(self) -> Iterator[Example]:
        """Scores that went wrong, each once: the target's, the reference's, and those of the explanation."""
        told: set[Example] = set()
        explained, healthy = self.search.predicted(self._top.faults or ()), self.search.predicted(())
        for (step, answers), right, said in zip(self.search.asked, healthy, explained, strict=True):
            for request, seen, reference, predicted in zip(step.requests, answers, right, said, strict=True):
                for example in self._compared(step, request, (read(seen), read(reference), read(predicted))):
                    if replace(example, step="") not in told:
                        told.add(replace(example, step=""))
                        yield example

    def _compared(self, step: Step, request: RerankRequest, readings: Sequence[Reading]) -> Iterator[Example]:
        """The documents of a request whose scores differ from the reference's."""
        for place, pair in enumerate(request.pairs):
            seen, right, said = (_number(reading, place) for reading in readings)
            cut = request.top_n is not None and seen is None and right is None
            if not cut and _differs(seen, right, self.doctor.source.noise):
                zone = readings[0].zones[place] if readings[0].zones else Zone.MISSING
                scale = "log-odds" if zone in (Zone.INSIDE, Zone.RAW) else zone.value
                yield Example(step.id, pair.query[:SHOWN], pair.document[:SHOWN], scale, seen, right, said)

    @property
    def _top(self) -> Explanation:
        return self.explanations[0]

    def _as_dtype(self) -> str:
        return "" if self._top.dtype in ("float32", "float64", "") else f", in {self._top.dtype}"

    def _is_sound(self, explanation: Explanation) -> bool:
        """Healthy, or rounded no more than the target may be."""
        if explanation.faults is None or not set(explanation.faults) <= LOW_PRECISION:
            return False
        allowed = self.doctor.dtype not in ("float64", "float32") or not explanation.faults
        return allowed and self.doctor.is_precise(explanation.dtype)

    def _variants(self, explanation: Explanation) -> tuple[str, ...]:
        if explanation.faults is None:
            return (UNKNOWN,)
        if explanation.faults:
            return explanation.faults
        return () if self._is_sound(explanation) else ("low-precision",) if explanation.dtype != "rough" else (UNKNOWN,)

    def _place(self, variant: str) -> int:
        return list(Stage).index(catalogue()[variant].stage) if variant != UNKNOWN else len(Stage)

    def _cause(self, variant: str, confidence: float) -> Cause:
        if variant == UNKNOWN:
            where = narrowed(self.search.asked, self.doctor.source, BEYOND_NOISE * self.doctor.noise_floor)
            return Cause(
                where.stage, UNKNOWN, "deviation unexplained", confidence, None, where.evidence,
                "compare the prompt, its token ids and the weights with the model's, stage by stage",
            )  # fmt: skip
        entry = catalogue()[variant]
        holding = [e for e in self.explanations if e.faults is not None and variant in self._variants(e)]
        residual = holding[0].residual if holding else None
        return Cause(
            entry.stage, variant, entry.title, confidence, residual, self._evidence(variant, holding),
            remedy(variant, self.doctor.kind),
        )  # fmt: skip

    def _evidence(self, variant: str, holding: Sequence[Explanation]) -> str:
        apart, count = self.search.healthy.fit.distances, len(self.search.healthy.fit.residuals)
        if not holding:
            return ""
        if not apart.size:
            return f"the model with this fault answers no number either. {catalogue()[variant].symptom}"
        deviation = f"{float(np.median(apart)):.2g}"
        others = [id for id in holding[0].faults or () if id != variant]
        together = f", together with {', '.join(others)}," if others else ""
        return (
            f"the model with this fault{together} answers as the target does, {holding[0].residual:.2g} logit apart at "
            f"the median of {count} scores; the sound model is {deviation} logit apart. {catalogue()[variant].symptom}"
        )


def _number(reading: Reading, place: int) -> float | None:
    known = reading.zones and reading.zones[place] not in (Zone.NONE, Zone.MISSING)
    return round(float(reading.values[place]), 6) if known else None


def _differs(one: float | None, other: float | None, noise: Mapping[str, float]) -> bool:
    return one is None or other is None or abs(one - other) > BEYOND_NOISE * min(noise.values())
