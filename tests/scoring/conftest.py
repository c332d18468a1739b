"""Ray clusters of this machine, to which nodes can be added and from which they can be taken."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from harness.core.pairs import Pair
from harness.scoring.collecting import collect
from harness.scoring.engine import Engine, Kind
from harness.scoring.placement import Need
from harness.scoring.ray_crew import RayCrew
from harness.scoring.store import ScoreStore, read_scores
from harness.scoring.units import units_of
from harness.scoring.worker import Opening

# for Ray, which reads them when it is imported: everything on loopback, and nothing told to anybody
os.environ |= {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_USAGE_STATS_ENABLED": "0"}


@contextmanager
def cluster_of(**head: Any) -> Iterator[Any]:
    """A cluster with a head of those resources."""
    pytest.importorskip("ray")
    from ray.cluster_utils import Cluster

    with ExitStack() as left:
        cluster = Cluster(initialize_head=True, head_node_args={"include_dashboard": False, **head})
        left.callback(cluster.shutdown)
        yield cluster


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """One of two CPUs."""
    with cluster_of(num_cpus=2) as made:
        yield made


@dataclass(frozen=True, slots=True)
class Moment:
    """In a scoring: how many pairs are done, which worker has just answered, and its crew."""

    done: int
    worker: str
    crew: RayCrew


@pytest.fixture
def scored(tmp_path: Path) -> Callable[..., list[float]]:
    """What a cluster answers: scores of pairs, through files, with what is told meanwhile."""

    def score(
        cluster: Any, opening: Opening, pairs: list[Pair], workers: int = 2, *, deadline: float | None = None,
        during: Callable[[Moment], None] | None = None, told: list[str] | None = None,
    ) -> list[float]:  # fmt: skip
        engine, done = Engine(Kind.RAY, workers, cluster.address, deadline), 0
        with engine.crew([opening], Need()) as (crew, _), ScoreStore(tmp_path / "scores", rows=100) as store:
            for each in collect(units_of(pairs), crew, store, deadline, ([] if told is None else told).append):
                done += sum(map(len, each.answer.scores))
                if during is not None:
                    during(Moment(done, each.worker, crew))
        assert done == len(pairs)
        return [float(x) for x in read_scores(tmp_path / "scores", len(pairs))]

    return score
