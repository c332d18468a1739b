"""Timing all contenders in turns, so that what disturbs the machine disturbs each of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from harness.benchmark.contenders import Contender
from harness.benchmark.memory import peak_of
from harness.benchmark.result import Entry
from harness.benchmark.work import counting, matrix_rate
from harness.benchmark.workload import Workload, workload
from harness.core.scores import Scores
from harness.reference.attention import attention_by
from harness.reference.devices import Device
from harness.reference.pipeline import Reranker
from harness.statistics.noise import Noise, measure

#: Documents on which noise is measured, also where fewer are timed: one alone is computed in one shape only, and shows
#: none. At the shape of Qwen3-Reranker-0.6B batches of one length moved scores by 3e-8 logit, shared prefixes by 8e-7.
ENOUGH_FOR_NOISE = 8
#: The kernel that is tried beside the usual one.
EAGER = "eager"


@dataclass(frozen=True, slots=True)
class Round:
    """One contender's turn."""

    contender: str
    seconds: float
    rate: float
    answer: Scores


def entries(
    reranker: Reranker, contenders: Sequence[Contender], asked: Workload, rounds: int, tell: Callable[[str], None]
) -> Iterator[Entry]:
    """An entry a contender. What is counted (tokens, operations, memory) is counted in a call that is not timed, which
    also warms the contender up.
    """
    right, device = reranker.log_odds(asked.pairs, one_by_one=True), reranker.parts.device
    counted = {}
    for one in contenders:
        tell(f"{one.name}: counting")
        with counting(one.module) as work:
            peak = peak_of(_calling(one, asked), device)
        counted[one.name] = work(), peak
    taken = list(_rounds(contenders, asked, rounds, device, tell))
    for one in contenders:
        mine = [turn for turn in taken if turn.contender == one.name]
        done, peak = counted[one.name]
        deviation = float(np.max([np.abs(turn.answer - right) for turn in mine]))  # of numpy: NaN is the largest
        yield Entry(
            one.name, asked.documents, asked.length, asked.tokens, tuple(turn.seconds for turn in mine),
            tuple(turn.rate for turn in mine), done.tokens, done.flops, peak, deviation, one.note(asked.pairs),
        )  # fmt: skip


def noise_of(reranker: Reranker, length: int) -> Noise:
    """How far other right ways to compute the same model are from the scores one by one, on documents of `length`
    tokens: padded beside a longer one, and so by another kernel of attention. A way to score may be as far.
    """
    pairs = workload(reranker, ENOUGH_FOR_NOISE, length).pairs
    longer = replace(pairs[0], document=f"{pairs[0].document} {pairs[0].document}")
    padding = replace(reranker, shared=None, most_padding=1.0)
    ways = {"padded": padding.log_odds([*pairs, longer])[:-1]}
    with attention_by(reranker, EAGER) as there_is:
        if there_is:
            ways[EAGER] = padding.log_odds([*pairs, longer])[:-1]
    return measure(ways, reranker.log_odds(pairs, one_by_one=True))


def _rounds(
    contenders: Sequence[Contender], asked: Workload, rounds: int, device: Device, tell: Callable[[str], None]
) -> Iterator[Round]:
    """Each round begins with another contender. The machine's rate is measured beside every turn."""
    for number in range(rounds):
        first = number % len(contenders)
        for one in (*contenders[first:], *contenders[:first]):
            tell(f"{one.name}: round {number + 1} of {rounds}")
            rate = matrix_rate(contenders[0].module, device)
            device.synchronize()
            started = time.perf_counter()
            answer = one.score(asked.pairs)
            device.synchronize()
            yield Round(one.name, time.perf_counter() - started, rate, answer)


def _calling(one: Contender, asked: Workload) -> Callable[[], object]:
    return lambda: one.score(asked.pairs)
