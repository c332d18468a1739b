"""Scores and quality: healthy runs raise no alarm beyond the stated rate, and what is planted is found.

The embedded model answers the embedded collection in bfloat16, the dtype that moves most, and batches the documents of
every request otherwise in each run, as a server under load does. All of it is computed; faults change what comes out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations
from typing import Any

import pytest

from fixtures.collections import Judged, load_judged
from harness.checks.context import Context
from harness.checks.profiles import profile
from harness.core.comparison import ALPHA, Comparison, Judgement
from harness.core.events import Event, RunFinished, RunStarted
from harness.core.run import Run
from harness.engine.recording import record
from harness.engine.resolve import resolve_model
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.regression.compare import compare
from harness.targets.reference import ReferenceTarget

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("ranking regressions")]

DTYPE = "bfloat16"
#: Fifteen runs make 210 pairs of base and run.
RUNS, PAIRS = 15, 200
ALARMS = (Judgement.WORSE, Judgement.BETTER, Judgement.FLAKY)
Change = Callable[[str, list[float]], list[float]]


def sound(query: str, scores: list[float]) -> list[float]:
    """Nothing is planted."""
    return scores


@dataclass(frozen=True)
class Batching:
    """Asks a target for the documents of a request in batches of a random size and order."""

    target: ReferenceTarget
    seed: int
    change: Change
    known: dict[tuple[int, str], list[float]]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.target, name)

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """P(relevant) of each document, computed once for each seed, then changed."""
        if (self.seed, query) not in self.known:
            self.known[self.seed, query] = self._computed(query, documents)
        return self.change(query, self.known[self.seed, query])

    def _computed(self, query: str, documents: Sequence[str]) -> list[float]:
        draw, scores = random.Random(f"{self.seed} {query}"), [0.0] * len(documents)
        order, size = draw.sample(range(len(documents)), len(documents)), draw.randint(1, len(documents))
        for batch in (order[first : first + size] for first in range(0, len(order), size)):
            found = self.target.score(query, [documents[place] for place in batch], None)
            for place, score in zip(batch, found, strict=True):
                scores[place] = score
        return scores


@dataclass(frozen=True)
class Lab:
    """Makes runs of one healthy target, and of that target with something planted."""

    target: ReferenceTarget
    collection: Judged
    known: dict[tuple[int, str], list[float]] = field(default_factory=dict)

    def run(self, seed: int, change: Change = sound) -> Run:
        """A run that asked for every judged pair."""
        began = RunStarted(
            "2026-01-01T00:00:00Z", {"spec": "reference"}, {"id": "tiny-causal"}, "cpu", "ci", {"dtype": DTYPE},
            ("ranking-quality.figures",), id=f"{seed:032}",
        )  # fmt: skip
        told: list[Event] = [began]
        target = Batching(self.target, seed, change, self.known)
        context = Context(target, Device("cpu"), replace(profile("ci"), takes=1), self.collection, emit=told.append)
        context.scores(context.judged_pairs)
        record(context)
        return Run.of([*told, RunFinished("2026-01-01T00:10:00Z")])

    def texts(self, language: str) -> set[str]:
        """The queries of a language."""
        return {text for name, text in self.collection.queries.items() if self.language(name) == language}

    def language(self, query: str) -> str:
        """The language of a query."""
        return self.collection.metadata[query]["language"]


@pytest.fixture(scope="module")
def lab() -> Lab:
    reranker = load_reranker(resolve_model("tiny-causal"), Device("cpu"), dtype=DTYPE)
    return Lab(ReferenceTarget(replace(reranker, shared=None, most_padding=1.0)), load_judged())


@pytest.fixture(scope="module")
def healthy(lab: Lab) -> list[Run]:
    return [lab.run(seed) for seed in range(RUNS)]


def alarms(found: Comparison) -> list[object]:
    """What a healthy pair of runs does not show."""
    changes = [*found.quality, *([found.scores] if found.scores else [])]
    return [change for change in changes if change.judgement in ALARMS]


def of_other_documents(queries: Collection[str]) -> Change:
    """In these queries each document gets its neighbour's score."""
    return lambda query, scores: [*scores[1:], scores[0]] if query in queries else scores


def coarse(query: str, scores: list[float]) -> list[float]:
    """Two digits, so that many documents are tied."""
    return [round(score, 2) for score in scores]


def apart(query: str, scores: list[float]) -> list[float]:
    """Two digits, and ties broken by the place in the request."""
    return [score + 1e-9 * place for place, score in enumerate(coarse(query, scores))]


def test_healthy_runs_do_differ(healthy: list[Run]) -> None:
    assert all(a.scores != b.scores for a, b in permutations(healthy, 2))


def test_two_hundred_pairs_of_healthy_runs_raise_no_more_alarms_than_the_rate_allows(healthy: list[Run]) -> None:
    pairs = random.Random(0).sample([*permutations(healthy, 2)], PAIRS)
    assert sum(bool(alarms(compare(*pair))) for pair in pairs) <= ALPHA * PAIRS


def test_a_run_beside_itself_raises_none(healthy: list[Run]) -> None:
    assert [alarms(compare(run, run)) for run in healthy] == [[]] * RUNS


def test_one_degraded_query_in_sixty_is_found_and_named(lab: Lab, healthy: list[Run]) -> None:
    for name, text in lab.collection.queries.items():
        found = compare(healthy[0], lab.run(1, of_other_documents({text})))
        assert (found.judgement, {moved.query for moved in found.scores.moved}) == (Judgement.WORSE, {name})


def test_a_broken_language_is_found_and_no_other_is_blamed(lab: Lab, healthy: list[Run]) -> None:
    for language in sorted({lab.language(name) for name in lab.collection.queries}):
        found = compare(healthy[0], lab.run(1, of_other_documents(lab.texts(language))))
        assert found.judgement is Judgement.WORSE
        assert {lab.language(moved.query) for moved in found.scores.moved} == {language}


def test_ties_that_are_broken_otherwise_are_found(lab: Lab) -> None:
    same, other = (compare(lab.run(0, coarse), lab.run(1, change)).scores for change in (coarse, apart))
    assert (same.judgement, other.judgement) == (Judgement.UNCHANGED, Judgement.WORSE)
    assert other.ties_p_value <= ALPHA < same.ties_p_value
