"""Handing out tests to workers as xdist has them: one starts a test only when it knows what comes after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.engine.suites.plan import Order, Planned
from harness.engine.suites.scheduling import ByPhase, Scheduler, units_of

PHASES = ("load", "finite", "spread", "invariants", "values", "ranking")


@dataclass(eq=False)
class Node:
    """A worker: what it was sent, and whether it knows that nothing comes after that."""

    name: str
    sent: list[int] = field(default_factory=list)
    shutting_down: bool = False

    def send_runtest_some(self, indices: Sequence[int]) -> None:
        assert not self.shutting_down
        self.sent += indices

    def shutdown(self) -> None:
        self.shutting_down = True

    @property
    def running(self) -> int | None:
        return self.sent[0] if len(self.sent) > 1 or (self.sent and self.shutting_down) else None


@dataclass
class Simulation:
    """Workers that end their tests in any order."""

    order: Order
    scheduler: ByPhase
    ended: list[int] = field(default_factory=list)
    ran_on: dict[int, Node] = field(default_factory=dict)
    told: list[tuple[Node, str]] = field(default_factory=list)

    @classmethod
    def of(cls, tests: Sequence[Planned], workers: int) -> Simulation:
        collection = [test.nodeid for test in tests]
        ours = {test.nodeid: test for test in tests if test.device}
        order, told = Order.of(collection, ours), list[tuple[Node, str]]()
        scheduler = ByPhase(
            [Node(f"gw{n}") for n in range(workers)], collection, order, units_of(order, collection, ours, None),
            lambda node, device: told.append((node, device)),
        )  # fmt: skip
        scheduler.schedule()
        return cls(order, scheduler, told=told)

    @property
    def running(self) -> list[Node]:
        return [node for node in self.scheduler.nodes if node.running is not None]

    def end(self, node: Node) -> None:
        """The worker ends its test, having waited for what this test comes after and nothing else."""
        place = node.sent.pop(0)
        assert self.order.after[place] <= set(self.ended)
        if place in self.order.apart:
            assert [each.running for each in self.running] in ([], [node.running])
        self.ended.append(place)
        self.ran_on[place] = node
        self.scheduler.mark_test_complete(node, place)

    def crash(self, node: Node) -> str | None:
        """The worker dies, and another takes its place."""
        self.ended += node.sent[: node.running is not None]
        clone = Node(node.name + "'")
        crashed = self.scheduler.remove_node(node)
        self.scheduler.add_node(clone)
        self.scheduler.add_node_collection(clone, self.scheduler.collection)
        self.scheduler.schedule()
        return crashed


tests = st.lists(
    st.tuples(st.sampled_from(["", "cpu", "cuda"]), st.sampled_from(PHASES), st.booleans()), min_size=1, max_size=14
)


def planned(drawn: Sequence[tuple[str, str, bool]]) -> list[Planned]:
    return [Planned(f"t{n}", device, "c", phase, apart) for n, (device, phase, apart) in enumerate(drawn)]


@given(tests, st.integers(1, 4), st.randoms(use_true_random=False))
def test_every_test_runs_once_after_what_it_comes_after_and_the_last_of_a_device_ends_its_run(
    drawn: list[tuple[str, str, bool]], workers: int, random: object
) -> None:
    simulation = Simulation.of(planned(drawn), workers)
    while simulation.running:
        simulation.end(random.choice(simulation.running))  # type: ignore[attr-defined]
    assert sorted(simulation.ended) == list(range(len(drawn)))
    assert simulation.scheduler.tests_finished
    assert not simulation.scheduler.has_pending
    ends = [(simulation.ran_on[place], device) for place, device in simulation.order.last.items()]
    assert sorted(simulation.told, key=str) == sorted(ends, key=str)
    assert len({simulation.ran_on[place] for place in simulation.order.apart}) <= 1


@given(tests, st.integers(1, 3), st.randoms(use_true_random=False))
def test_nothing_is_lost_when_workers_crash(drawn: list[tuple[str, str, bool]], workers: int, random: object) -> None:
    simulation = Simulation.of(planned(drawn), workers)
    for _ in range(3):
        if simulation.running:
            victim = random.choice(simulation.running)  # type: ignore[attr-defined]
            assert simulation.crash(victim) == f"t{simulation.ended[-1]}"
    while simulation.running:
        simulation.end(random.choice(simulation.running))  # type: ignore[attr-defined]
    assert sorted(simulation.ended) == list(range(len(drawn)))


def test_nothing_is_sent_to_a_worker_that_was_told_to_end() -> None:
    simulation = Simulation.of(planned([("cpu", "values", False)] * 6), 2)
    for node in simulation.scheduler.nodes:
        node.shutdown()
    while simulation.running:
        simulation.end(simulation.running[0])
    assert len(simulation.ended) == 4


class Usual:
    """The scheduler that xdist would use."""

    def __init__(self) -> None:
        self.nodes = [Node("gw0")]
        self.scheduled = 0

    def add_node_collection(self, node: Node, collection: Sequence[str]) -> None:
        pass

    def schedule(self) -> None:
        self.scheduled += 1


@pytest.mark.parametrize(("collected", "ours"), [(["a"], True), (["b"], False)])
def test_the_usual_scheduler_stays_where_there_is_no_verification_or_workers_differ(
    collected: list[str], ours: bool
) -> None:
    usual = Usual()
    order = Order((0,), {0: frozenset()}, frozenset(), {})
    scheduler = Scheduler(usual, lambda nodes, ids: ByPhase(nodes, ids, order, [(0,)], lambda *told: None))
    scheduler.add_node_collection(Node("gw0"), ["a"])
    scheduler.add_node_collection(Node("gw1"), collected)
    scheduler.schedule()
    assert usual.scheduled == (0 if ours else 1)
    assert Scheduler(usual, lambda nodes, ids: None).nodes == usual.nodes


def test_tests_of_others_stay_together_as_dist_says() -> None:
    class ByFile:
        def _split_scope(self, nodeid: str) -> str:
            return nodeid.split("::")[0]

    collection = ["a::1", "b::1", "a::2", "ours::1", "ours::2"]
    ours = {nodeid: Planned(nodeid, "cpu", "c", "values", apart=False) for nodeid in collection[3:]}
    order = Order.of(collection, ours)
    assert units_of(order, collection, ours, ByFile()) == [(0, 2), (1,), (3,), (4,)]
