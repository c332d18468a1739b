"""What a check works with: the target, the reference to hold it against, data, and a memory of scores already asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from fixtures.collections import Judged, JudgedPairs
from harness.calibration.limits import Limits
from harness.checks.known import KnownAnswers
from harness.checks.many import MANY, Asking, LogOdds, Part, parts
from harness.checks.profiles import Profile
from harness.core.errors import Unanswerable
from harness.core.events import Event
from harness.core.pairs import Pair
from harness.core.scored import Scored
from harness.core.scores import Scale, Scores, to_log_odds, to_probability
from harness.reference.checkpoint import Checkpoint
from harness.reference.devices import Device
from harness.statistics.noise import Noise, measure
from harness.targets.protocol import Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.audit import Sources
    from harness.reference.pipeline import Reranker
    from harness.targets.http.server import Server


@dataclass
class Context:
    """One verification. `checkpoint` is the model that the target is meant to serve, `reference` computes what it
    defines, in the most precise dtype that is affordable; both are None where nobody said.
    """

    target: Target
    device: Device
    profile: Profile
    collection: Judged
    checkpoint: Checkpoint | None = None
    reference: Reranker | None = None
    known: KnownAnswers | None = None
    """Reference answers from a pack, where there are no weights."""
    emit: Callable[[Event], None] = lambda event: None
    on_scored: Callable[[int, int], None] = lambda done, total: None
    """Told how many pairs of a question to the target have been answered, and how many there are."""
    seed: int = 0
    dtype: str | None = None
    """What the target is said to compute in; None where nobody said."""
    sources: Sources | None = None
    """The sources of the serving project, where somebody named them."""
    limits: Limits | None = None
    """Tolerances from a calibration file; None where this run is to measure its own."""
    computing: Asking | None = None
    """Who computes what the model defines for many pairs at once; None: this process."""
    _asking: tuple[Target, Asking] | None = None
    _asked: MutableMapping[Pair, float] = field(default_factory=Scored, repr=False)
    _computed: MutableMapping[Pair, float] = field(default_factory=Scored, repr=False)

    @property
    def server(self) -> Server | None:
        """The server behind the target, where it is one."""
        return getattr(self.target, "server", None)

    def ask_through(self, target: Target, remembered: MutableMapping[Pair, float]) -> None:
        """From here on ask `target`, which stands before the one of now, and remember its scores in `remembered`."""
        self.target, self._asked = target, remembered
        vars(self).pop("_judged_scores", None)

    def ask_many_by(self, asking: Asking) -> None:
        """From here on have `asking` answer questions of many pairs to the target of now, and to no other."""
        self._asking = self.target, asking

    def fresh_scores(self, pairs: Sequence[Pair]) -> Scores:
        """The target's own numbers, asked anew, one request a query and instruction; shape (len(pairs),).

        Unanswerable where the target cannot be asked again.
        """
        if not self.target.capabilities.asks_again:
            raise Unanswerable("a recording cannot be asked again")
        return self._ask(pairs)

    def _ask(self, pairs: Sequence[Pair]) -> Scores:
        scores = np.empty(len(pairs))
        for places, found in self._asked_for(pairs):
            scores[places] = found
        return scores

    def _asked_for(self, pairs: Sequence[Pair]) -> Iterator[Part]:
        """The target's scores of some of the pairs after the other, with their places; told to whoever waits."""
        done, many = 0, None if self._asking is None or self._asking[0] is not self.target else self._asking[1]
        for places, found in parts(pairs, many, self.target):
            yield places, found
            done += len(places)
            self.on_scored(done, len(pairs))

    def scores(self, pairs: Sequence[Pair]) -> Scores:
        """As `fresh_scores`, but a pair that was scored before is not asked again."""
        return self._judged_scores.copy() if pairs is self.judged_pairs else self._remembered(pairs)

    @cached_property
    def _judged_scores(self) -> Scores:
        """Those of `judged_pairs`, which most checks ask for: a million pairs are looked up once."""
        return self._remembered(self.judged_pairs)

    def _remembered(self, pairs: Sequence[Pair]) -> Scores:
        missing = _missing(pairs, self._asked)
        for places, found in self._asked_for(missing):
            self._asked.update(zip((missing[place] for place in places), map(float, found), strict=True))
        return np.fromiter((self._asked[pair] for pair in pairs), np.float64, len(pairs))

    def has_scores(self, pairs: Sequence[Pair]) -> bool:
        """Whether the target has been asked for all of these pairs before."""
        return all(pair in self._asked for pair in pairs)

    def fresh_logits(self, pairs: Sequence[Pair]) -> Scores:
        """The target's scores as log-odds, asked anew; ±inf where a probability is saturated, NaN where it is none."""
        return self._as_logits(self.fresh_scores(pairs))

    def logits(self, pairs: Sequence[Pair]) -> Scores:
        """The target's scores as log-odds, remembered."""
        return self._as_logits(self.scores(pairs))

    def _as_logits(self, scores: Scores) -> Scores:
        return to_log_odds(scores) if self.target.capabilities.scale is Scale.PROBABILITY else scores

    def probabilities(self, pairs: Sequence[Pair]) -> Scores:
        """The target's scores as probabilities, remembered."""
        return to_probability(self.logits(pairs))

    def reference_logits(self, pairs: Sequence[Pair]) -> Scores:
        """What the model defines: the reference's log-odds, remembered. Needs Need.ANSWERS."""
        if self.reference is None and self.known is not None:
            return self.known.of(pairs)
        if self.reference is None:
            raise ValueError("a check that asks for reference scores must declare Need.ANSWERS")
        missing = _missing(pairs, self._computed)
        for places, found in self._computed_for(missing, self.reference):
            self._computed.update(zip((missing[place] for place in places), map(float, found), strict=True))
        return np.fromiter((self._computed[pair] for pair in pairs), np.float64, len(pairs))

    def _computed_for(self, pairs: Sequence[Pair], reference: Reranker) -> Iterator[Part]:
        if len(pairs) >= MANY:
            return parts(pairs, self.computing, LogOdds(reference))
        return iter([(range(len(pairs)), reference.log_odds(pairs).tolist())])  # few are computed side by side

    @cached_property
    def judged_pairs(self) -> Sequence[Pair]:
        """Every candidate of every query of the collection, in the order in which it is given."""
        return JudgedPairs(self.collection)

    @property
    def has_answers(self) -> bool:
        """Whether there is anything to compare values with."""
        return self.reference is not None or self.known is not None

    @cached_property
    def probes(self) -> tuple[Pair, ...]:
        """`profile.probes` pairs spread evenly over the collection, so that every language and domain is met; those of
        the pack where there are no weights.
        """
        if self.reference is None and self.known is not None:
            return tuple(pair for pair in self.known.logits if self._takes(pair))
        pairs = self.judged_pairs
        count = min(self.profile.probes, len(pairs))
        return tuple(pairs[i * len(pairs) // count] for i in range(count))

    @cached_property
    def noise(self) -> Noise:
        """How far a healthy reranker, in the target's dtype and on its device, is from the reference on the probes.

        What the target computes may be as far from the reference; the dtype's own rounding is the largest part of it.
        """
        if self.reference is None and self.known is not None:
            return self.known.noise(self._rounding)
        if self._calibrated is not None:
            return self._calibrated.noise(self._rounding, self._spacing)
        return measure(self._healthy_logits, self.reference_logits(self.probes))

    @cached_property
    def movement(self) -> Noise:
        """How far that healthy reranker moves between batches and repeats: much less than it is from the reference in
        half precision. What is compared with itself may move as far.
        """
        if self.reference is None and self.known is not None:
            return self.known.movement(self._rounding)
        if self._calibrated is not None:
            return self._calibrated.movement(self._rounding, self._spacing)
        variants = dict(self._healthy_logits)
        return measure(variants, variants.pop("one by one"))

    @cached_property
    def _calibrated(self) -> Limits | None:
        """Tolerances of all kernels and batch shapes: of a file, or in some profiles measured here by the same code."""
        if self.limits is not None or self.reference is None or not self.profile.calibrates:
            return self.limits
        from harness.calibration.measure import limits_here

        return limits_here(self.reference, self._working_reranker(), self.working_dtype)

    @property
    def _spacing(self) -> float:
        """Spacing of float32 at the largest of the probes' log-odds: below it two float32 results cannot differ."""
        return float(np.spacing(np.float32(np.abs(self.reference_logits(self.probes)).max(initial=1.0))))

    @property
    def _rounding(self) -> float:
        """How far the digits of an answer may move a probe's log-odds."""
        right = self.reference_logits(self.probes)
        return float(np.abs(self._as_written(right) - right).max(initial=0.0))

    def _takes(self, pair: Pair) -> bool:
        return pair.instruction is None or self.target.capabilities.instruction

    @cached_property
    def _healthy_logits(self) -> Mapping[str, Scores]:
        working = self._working_reranker()
        computed = {
            "batched": working.log_odds(self.probes),
            "batched again": working.log_odds(self.probes),
            "one by one": working.log_odds(self.probes, one_by_one=True),
        }
        return {name: self._as_written(logits) for name, logits in computed.items()}

    def _as_written(self, logits: Scores) -> Scores:
        """Log-odds with the digits that the target's answers keep; what would be written as 0 or 1 stays as it is."""
        capabilities = self.target.capabilities
        if capabilities.scale is not Scale.PROBABILITY:
            return capabilities.as_written(logits)
        written = to_log_odds(capabilities.as_written(to_probability(logits)))
        return np.where(np.isfinite(written), written, logits)

    def _working_reranker(self) -> Reranker:
        """A healthy reranker in the dtype and on the device that the target is expected to use."""
        from harness.reference.loading import load_reranker

        if self.reference is None:
            raise ValueError("a check that asks for noise must declare Need.REFERENCE")
        return load_reranker(self.reference.parts.checkpoint, self.device, dtype=self.working_dtype)

    @property
    def working_dtype(self) -> str:
        """What the target is expected to compute in: what a pipeline in this process says, or a user, or the policy."""
        from harness.reference.devices import precision

        peer = self.target.reranker
        if self.checkpoint is None:
            raise ValueError("a check that asks for the dtype must declare Need.CHECKPOINT")
        chosen = precision(self.device, self.dtype, self.checkpoint.dtype) if peer is None else peer.parts.precision
        return str(chosen.dtype).removeprefix("torch.")


def _missing(pairs: Sequence[Pair], known: MutableMapping[Pair, float]) -> list[Pair]:
    """The pairs that are not known yet, each once."""
    return list(dict.fromkeys(pair for pair in pairs if pair not in known))
