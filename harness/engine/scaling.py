"""From what `bench --engine ray` was asked for to the measurement."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import files
from itertools import product

from harness.benchmark.scaling import Crews, Scaling, entry, pairs_of, wait_until_ready
from harness.core.errors import UsageError
from harness.core.versions import version_of
from harness.engine.benchmark import PACKAGES, Asked
from harness.engine.openings import ReferenceOpening, need_of
from harness.engine.resolve import resolve_model
from harness.engine.threads import threads_of
from harness.reference.devices import Device, hardware
from harness.scoring.cluster import Cluster, connected
from harness.scoring.engine import Engine
from harness.scoring.here import InProcess
from harness.scoring.placement import placed
from harness.scoring.ray_crew import RayCrew
from harness.scoring.worker import identity

#: Pairs that are scored in one turn, where nobody says.
PAIRS = 10_000


def measure_scaling(
    asked: Asked, engine: Engine, pairs: int = PAIRS, tell: Callable[[str], None] = lambda what: None
) -> Scaling:
    """Time the reference by one process, one worker and all workers; UsageError before anything is loaded where
    something is wrong, TargetError where the cluster does not answer.
    """
    from harness.benchmark.workload import workload

    asked.validate()
    if engine.address is not None:
        raise UsageError("bench kills workers of this machine to see how long that takes: leave out --ray-address")
    checkpoint, device, workers = resolve_model(asked.model), Device.parse(asked.device), engine.workers or 2
    threads = threads_of(checkpoint, workers)
    opening = ReferenceOpening(asked.model, asked.device, asked.dtype, threads=threads)
    need = need_of(checkpoint, device, asked.dtype, threads)
    with contextlib.ExitStack() as left:
        scorer, like = opening.open(), identity(opening)
        ray = left.enter_context(connected(Cluster(cores=(1 + workers) * threads)))
        one, many = (RayCrew(ray, [opening], count, placed(ray, need), like) for count in (1, workers))
        left.enter_context(contextlib.closing(one))
        left.enter_context(contextlib.closing(many))
        tell("workers start")
        within = max(wait_until_ready(one), wait_until_ready(many))
        crews = Crews(InProcess(scorer), one, many)
        entries = []
        for length, documents in product(asked.lengths, asked.documents):
            request = workload(scorer.reranker, documents, length)
            asking = pairs_of(request.pairs, pairs)
            entries.append(entry(crews, asking, (documents, length), asked.rounds, tell))
    return Scaling(
        model={"id": checkpoint.id, "digest": checkpoint.digest}, device=str(device), hardware=hardware(device),
        dtype=str(scorer.reranker.parts.precision.dtype).removeprefix("torch."), threads=threads, workers=workers,
        versions={name: version_of(name) for name in (*PACKAGES, "ray")},
        date=datetime.now(UTC).isoformat(timespec="seconds"), command=asked.command, started_within=within,
        entries=tuple(entries),
    )  # fmt: skip


def scaling_schema() -> dict[str, object]:
    """The JSON Schema of what `bench --engine ray --json` writes."""
    loaded: dict[str, object] = json.loads(
        (files("harness.benchmark") / "scaling.schema.json").read_text(encoding="utf-8")
    )
    return loaded
