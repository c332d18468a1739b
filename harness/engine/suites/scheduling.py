"""Which worker runs which test, and when.

xdist's own schedulers hand out tests in chunks, as workers come free. Here a check waits for those whose failure would
take the meaning from it, and what is timed waits for everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harness.engine.suites.plan import Order, Planned

#: A worker, as xdist's controller knows it (xdist.workermanage.WorkerController).
Node = Any


class Scheduler:
    """xdist's scheduler of the session until it is known what was collected; then ours, where a verification is in it.

    What is not said here is the usual one's, so that sessions without a verification run as if this was not there.
    """

    def __init__(self, usual: Any, ours: Callable[[list[Node], Sequence[str]], ByPhase | None]) -> None:
        self._inner = usual
        self._ours = ours
        self._collections: dict[Node, list[str]] = {}
        self._decided = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def add_node_collection(self, node: Node, collection: Sequence[str]) -> None:
        """Take what a worker has collected."""
        self._collections[node] = list(collection)
        self._inner.add_node_collection(node, collection)

    def schedule(self) -> None:
        """Begin to hand out, or go on with it; where workers collected different tests, xdist says so."""
        first = next(iter(self._collections.values()))
        if not self._decided and all(each == first for each in self._collections.values()):
            self._inner = self._ours(list(self._inner.nodes), first) or self._inner
        self._decided = True
        self._inner.schedule()


class ByPhase:
    """Hands out tests one by one, each when all has ended that it comes after.

    A worker starts a test only when it knows the next one, or that there is none. So it holds one test that it has not
    begun, and this test begins when another is sent after it, or the end of its session.
    """

    def __init__(
        self,
        nodes: Sequence[Node],
        collection: Sequence[str],
        order: Order,
        units: Sequence[tuple[int, ...]],
        tell_last: Callable[[Node, str], None],
    ) -> None:
        self.collection = list(collection)
        self.order = order
        self.tell_last = tell_last
        self.queue = list(units)
        self.pending: dict[Node, list[int]] = {node: [] for node in nodes}
        self.joining: list[Node] = []
        self.closed: set[Node] = set()
        self.done: set[int] = set()
        self.apart_on: Node | None = None

    @property
    def nodes(self) -> list[Node]:
        """All workers that are there."""
        return [*self.pending, *self.joining]

    @property
    def collection_is_completed(self) -> bool:
        """Ours begins when all have collected."""
        return True

    @property
    def tests_finished(self) -> bool:
        """Whether every test has been handed out and every worker knows that none comes after its last."""
        return not self.queue and self.closed >= self.pending.keys()

    @property
    def has_pending(self) -> bool:
        """Whether there is anything left to run."""
        return bool(self.queue) or any(self.pending.values())

    def add_node(self, node: Node) -> None:
        """A worker takes the place of one that crashed; it has not collected yet."""
        self.joining.append(node)

    def add_node_collection(self, node: Node, collection: Sequence[str]) -> None:
        """A worker has collected; one that found other tests than the others cannot take part."""
        self.joining.remove(node)
        self.pending[node] = []
        if list(collection) != self.collection:
            self._close(node)

    def mark_test_complete(self, node: Node, item_index: int, duration: float = 0) -> None:
        """A test has ended, and all its reports are in."""
        self.pending[node].remove(item_index)
        self.done.add(item_index)
        self.schedule()

    def mark_test_pending(self, item: str) -> None:
        """Some plugin wants a test to be run again."""
        place = self.collection.index(item)
        self.done.discard(place)
        self._hand_back([place])
        self.schedule()

    def remove_pending_tests_from_node(self, node: Node, indices: Sequence[int]) -> None:
        """Nothing is ever stolen from a worker."""
        raise NotImplementedError

    def remove_node(self, node: Node) -> str | None:
        """A worker is gone: what it had not begun goes to others. Returns the test that it was in, if it was in one."""
        if node in self.joining:
            self.joining.remove(node)
            return None
        pending = self.pending.pop(node)
        begun = pending[:1] if len(pending) > 1 or node in self.closed else []
        self._hand_back(pending[len(begun) :])
        self.done.update(begun)
        if self.apart_on is node:
            self.apart_on = None
        self.schedule()
        return self.collection[begun[0]] if begun else None

    def _hand_back(self, places: Sequence[int]) -> None:
        """Tests in the queue again, in their order: one that comes after another must not be held before it."""
        self.queue += [(place,) for place in places]
        self.queue.sort(key=lambda unit: self.order.places.index(unit[0]))

    def schedule(self) -> None:
        """Hand out all that can be handed out now; the first in the collection goes first."""
        moved = True
        while moved:
            # a worker that xdist has told to end, as with -x, would never get to what is sent to it now
            open_nodes = [node for node in self.pending if not node.shutting_down]
            open_nodes.sort(key=lambda node: self.pending[node][:1])
            moved = sum(map(self._advance, open_nodes)) > 0

    def _advance(self, node: Node) -> bool:
        """Let a worker begin what it holds, by giving it the next to hold; whether anything came of it."""
        held = self.pending[node]
        if len(held) > 1 or (held and not self.order.after[held[0]] <= self.done):
            return False
        if held and held[0] in self.order.last:
            self.tell_last(node, self.order.last[held[0]])
        unit = self._next_for(node)
        if unit is None:
            self._close(node)
        else:
            self.queue.remove(unit)
            held.extend(unit)
            node.send_runtest_some(list(unit))
        return True

    def _next_for(self, node: Node) -> tuple[int, ...] | None:
        """What comes next; all that is kept apart goes to one worker."""
        for unit in self.queue:
            if unit[0] not in self.order.apart:
                return unit
            if self.apart_on in (None, node):
                self.apart_on = node
                return unit
        return None

    def _close(self, node: Node) -> None:
        self.closed.add(node)
        node.shutdown()


def units_of(
    order: Order, collection: Sequence[str], tests: Mapping[str, Planned], usual: Any
) -> list[tuple[int, ...]]:
    """What is handed out together: our tests one by one, others as `--dist` says, by file, scope or group."""
    scope: Callable[[str], str] = getattr(usual, "_split_scope", str)
    units: dict[str, list[int]] = {}
    for place in order.places:
        nodeid = collection[place]
        units.setdefault(nodeid if nodeid in tests else f"scope {scope(nodeid)}", []).append(place)
    return [tuple(unit) for unit in units.values()]
