"""After which others a test may run when several workers share a session."""

from harness.checks.registry import all_checks
from harness.engine.gating import TAKES_MEANING_FROM
from harness.engine.suites.plan import Order, Planned, is_apart

SPREAD, PERMUTED, VALUES = "spread", "invariants", "values"


def a_test(nodeid: str, phase: str = "", device: str = "cpu", *, apart: bool = False) -> Planned:
    return Planned(nodeid, device, f"check of {phase}", phase, apart)


def order_of(*tests: Planned | str) -> Order:
    ours = {each.nodeid: each for each in tests if isinstance(each, Planned)}
    return Order.of([each.nodeid if isinstance(each, Planned) else each for each in tests], ours)


def test_a_check_waits_for_those_whose_failure_takes_the_meaning_from_it() -> None:
    order = order_of(a_test("a", SPREAD), a_test("b", PERMUTED), a_test("c", VALUES), a_test("d", VALUES))
    assert order.after[1] == {0}
    assert order.after[2] == set()


def test_what_is_kept_apart_waits_for_everything_and_comes_last() -> None:
    order = order_of(a_test("timed", apart=True), "somebody else's", a_test("a", VALUES))
    assert order.places == (1, 2, 0)
    assert order.after[0] == {1, 2}
    assert order.last == {0: "cpu"}


def test_the_test_that_ends_a_run_waits_for_all_others_of_it() -> None:
    order = order_of(a_test("a", VALUES), a_test("b", VALUES), a_test("c", VALUES))
    assert order.after[2] == {0, 1}


def test_one_device_comes_after_the_other() -> None:
    order = order_of(
        a_test("a", VALUES), a_test("b", apart=True), a_test("c", VALUES, "cuda"), a_test("d", VALUES, "cuda")
    )
    assert order.after[2] == {0, 1}
    assert order.last == {1: "cpu", 3: "cuda"}


def test_checks_that_read_the_clock_or_watch_a_server_are_kept_apart_and_no_others() -> None:
    apart = {check.id for check in all_checks() if is_apart(check)}
    assert {"performance.latency", "state.memory", "monitoring.server-counters"} <= apart
    assert not {"numerics.values", "protocol.index", "state.length-ladder"} & apart


def test_no_check_is_kept_apart_whose_failure_others_wait_for() -> None:
    assert not [check.id for check in all_checks() if is_apart(check) and check.phase in TAKES_MEANING_FROM]
