"""Workers of a cluster: nothing is lost and nothing is there twice, whoever is killed, hangs or comes late."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from signal import SIGKILL
from time import sleep
from typing import Any

import pytest

from harness.core.errors import TargetError, UsageError
from harness.core.pairs import Pair
from harness.scoring import engine, worker
from harness.scoring.cluster import Cluster, connected
from harness.scoring.engine import Engine, Kind
from harness.scoring.placement import Placement
from harness.scoring.ray_crew import RayCrew
from harness.scoring.worker import Identity, identity
from tests.scoring.conftest import Moment, cluster_of
from tests.scoring.stubs import Stub, pairs_of, score_of

Scored = Callable[..., list[float]]
#: Sixty loads of two units each.
PAIRS = pairs_of(120, 40, words=100)
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("ray")]


def right(pairs: list[Pair]) -> list[float]:
    return [score_of(pair.query, pair.document) for pair in pairs]


def kill(one: Identity) -> None:
    with suppress(ProcessLookupError):  # it has been killed before, and nobody has noticed yet
        os.kill(one.process, SIGKILL)


def test_workers_answer_what_one_process_would(cluster: Any, scored: Scored) -> None:
    assert scored(cluster, Stub(), PAIRS) == right(PAIRS)


@pytest.mark.parametrize("seed", range(20))
def test_a_worker_that_is_killed_costs_no_score(seed: int, cluster: Any, scored: Scored) -> None:
    random = Random(seed)
    moments = sorted(random.sample(range(1, len(PAIRS) * 3 // 4), 2))

    def kill_some(now: Moment) -> None:
        while moments and now.done >= moments[0] and (ready := now.crew.workers()):
            moments.pop(0)
            kill(random.choice(ready))

    told: list[str] = []
    assert scored(cluster, Stub(seconds=0.01), PAIRS, during=kill_some, told=told) == right(PAIRS)
    assert any("was lost" in line for line in told)


def test_a_worker_that_ends_before_it_is_ready_is_replaced(cluster: Any, scored: Scored, tmp_path: Path) -> None:
    assert scored(cluster, Stub(ends_opening=True, once=tmp_path), PAIRS, workers=1) == right(PAIRS)


def test_workers_that_never_become_ready_end_the_work(cluster: Any, scored: Scored) -> None:
    with pytest.raises(TargetError, match="3 workers ended before they were ready"):
        scored(cluster, Stub(ends_opening=True), PAIRS)


def test_a_worker_that_hangs_is_ended_at_its_deadline(cluster: Any, scored: Scored, tmp_path: Path) -> None:
    told: list[str] = []
    stub = Stub(hangs_on="query 7", once=tmp_path)
    assert scored(cluster, stub, PAIRS, deadline=2, told=told) == right(PAIRS)
    assert [line for line in told if "a worker hung: no answer within 2 s" in line]


def test_documents_that_end_every_worker_are_named(cluster: Any, scored: Scored) -> None:
    with pytest.raises(TargetError, match=r"5 workers ended one after the other.*'query 0'"):
        scored(cluster, Stub(ends_on="query 3"), pairs_of(4, 2))


def test_a_node_that_joins_late_gets_work(scored: Scored) -> None:
    with cluster_of(num_cpus=1) as cluster:
        answered: set[str] = set()

        def watch(now: Moment) -> None:
            if len(cluster.worker_nodes) == 0 and now.done > 400:
                cluster.add_node(num_cpus=1)
            answered.add(now.worker)
            if len(answered) == 1:  # so that there is something left to do once the other is ready, however late
                sleep(0.5)

        assert scored(cluster, Stub(), PAIRS, during=watch) == right(PAIRS)
        assert len(answered) == 2


def test_a_node_that_is_lost_costs_no_score(scored: Scored) -> None:
    with cluster_of(num_cpus=1) as cluster:
        nodes = [cluster.add_node(num_cpus=1)]

        def take_away(now: Moment) -> None:
            if nodes and now.done > 800:
                cluster.remove_node(nodes.pop(), allow_graceful=False)

        assert scored(cluster, Stub(seconds=0.01), PAIRS, during=take_away) == right(PAIRS)


def test_a_full_object_store_costs_no_score(scored: Scored) -> None:
    """Documents of a hundred kilobytes go through the object store, of which 70 of 80 megabytes are taken."""
    long = "word " * 20_000
    pairs = [Pair(f"query {q}", f"{long}{d}") for q in range(40) for d in range(10)]
    with cluster_of(num_cpus=2, object_store_memory=80 * 2**20) as cluster:
        taken: list[Any] = []

        def take(_: Moment) -> None:
            import numpy as np
            import ray

            taken.extend(ray.put(np.zeros(10 * 2**20, np.uint8)) for _ in range(7 - len(taken)))

        assert scored(cluster, Stub(), pairs, during=take) == right(pairs)


def test_a_worker_with_another_model_is_refused(cluster: Any, scored: Scored) -> None:
    with pytest.raises(UsageError, match=r"is not like this process: model is .* there and .* here"):
        scored(cluster, Elsewhere(), PAIRS)


class Elsewhere(Stub):
    """A model that each process has another of."""

    def inputs(self) -> dict[str, str]:
        return {"model": f"sha256:{os.getpid()}"}


def test_workers_that_find_no_room_are_told_of(cluster: Any) -> None:
    stub = Stub()
    with connected(Cluster(cluster.address)) as ray:
        crew = RayCrew(ray, [stub], 1, Placement(cores=99), identity(stub), placed_within=1)
        with pytest.raises(TargetError, match=r"each needs 99 CPU, free are .*'CPU': 2"):
            crew.await_first()
        crew.close()


def test_when_the_last_node_is_gone_that_is_said(scored: Scored, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PLACED_WITHIN", 8.0)
    with cluster_of(num_cpus=0) as cluster:
        nodes = [cluster.add_node(num_cpus=1)]

        def take_away(now: Moment) -> None:
            if nodes and now.done > 800:
                cluster.remove_node(nodes.pop(), allow_graceful=False)

        with pytest.raises(TargetError, match=r"no worker was ready within 8 s: each needs 1 CPU"):
            scored(cluster, Stub(seconds=0.01), PAIRS, workers=1, during=take_away)


def test_workers_on_a_card_share_it_where_they_fit() -> None:
    stub = Stub()
    with cluster_of(num_cpus=4, num_gpus=1) as cluster, connected(Cluster(cluster.address)) as ray:
        crew = RayCrew(ray, [stub], 3, Placement(card=0.4), identity(stub))
        while crew.room < 4:
            crew.reports(1.0)
        for _ in range(3):
            crew.reports(1.0)
        assert crew.room == 4  # the third waits for a card
        crew.close()


def test_a_scoring_with_workers_of_another_program_writes_nothing(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from harness.engine import scoring

    (tmp_path / "pairs.jsonl").write_text('{"query": "river", "document": "a river"}\n')
    monkeypatch.setattr(worker, "program_digest", lambda: "0.0.9 of yesterday")
    begun = scoring.Scoring(scoring.Asked(tmp_path / "pairs.jsonl"), Engine(Kind.RAY, 2, cluster.address))
    with pytest.raises(UsageError, match=r"rerank-harness is 0\.1\.0 .* there and 0\.0\.9 of yesterday here"):
        begun.into(tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_a_run_with_workers_of_another_program_writes_nothing(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from harness.engine.setup import Request
    from harness.engine.verification import verify_into

    monkeypatch.setattr(worker, "program_digest", lambda: "0.0.9 of yesterday")
    with pytest.raises(UsageError, match="install the same everywhere"):
        verify_into(Request(), tmp_path / "run", engine=Engine(Kind.RAY, 2, cluster.address))
    assert not (tmp_path / "run").exists()
