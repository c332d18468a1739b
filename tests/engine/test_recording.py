from collections.abc import Callable
from dataclasses import replace

from harness.checks.context import Context
from harness.checks.profiles import profile
from harness.core.errors import Refused
from harness.core.events import Event, NoiseRecorded, Noted, ScoresRecorded
from harness.core.scores import Scale
from harness.engine.recording import record
from harness.reference.pipeline import Reranker
from harness.targets.protocol import Capabilities

CAPABILITIES = Capabilities(Scale.PROBABILITY, instruction=False)
TWICE = replace(profile("smoke"), takes=2)


class Counting:
    """A target whose scores count up, so that no two answers are alike; it may refuse after so many requests."""

    spec, reranker = "python:counting", None

    def __init__(self, refuses_after: int = 10_000) -> None:
        self.capabilities, self.asked, self.refuses_after = CAPABILITIES, 0, refuses_after

    def score(self, query: str, documents: list[str], instruction: str | None) -> list[float]:
        self.asked += 1
        if self.asked > self.refuses_after:
            raise Refused("no more")
        return [self.asked / 1_000.0] * len(documents)


def recorded(context: Context) -> list[Event]:
    events: list[Event] = []
    context.emit = events.append
    record(context)
    return events


def test_what_was_asked_is_told_query_by_query_and_not_asked_again(context_for: Callable[..., Context]) -> None:
    context = context_for(target := Counting())
    asked = context.scores(context.judged_pairs)
    told = [event for event in recorded(context) if isinstance(event, ScoresRecorded)]
    assert [score for event in told for score in event.scores] == asked.tolist()
    assert target.asked == len(told) == len(context.collection.queries)


def test_a_further_take_is_asked_anew(context_for: Callable[..., Context]) -> None:
    context = context_for(Counting(), profile=TWICE)
    context.scores(context.judged_pairs)
    takes = [event for event in recorded(context) if isinstance(event, ScoresRecorded)]
    first, second = ([event.scores for event in takes if event.take == take] for take in (0, 1))
    assert len(first) == len(second)
    assert all(a != b for a, b in zip(first, second, strict=True))


def test_queries_that_no_check_asked_for_are_left_out(context_for: Callable[..., Context]) -> None:
    context = context_for(target := Counting())
    assert recorded(context) == []
    assert target.asked == 0


def test_a_target_that_refuses_a_further_take_leaves_the_first(context_for: Callable[..., Context]) -> None:
    context = context_for(target := Counting(), profile=TWICE)
    target.refuses_after = len(context.collection.queries)
    context.scores(context.judged_pairs)
    events = recorded(context)
    assert {event.take for event in events if isinstance(event, ScoresRecorded)} == {0}
    assert isinstance(events[-1], Noted)
    assert "no more" in events[-1].message


def test_the_noise_of_the_run_is_told_where_it_was_measured(healthy: Context, reranker: Reranker) -> None:
    context = replace(healthy)
    context.scores(context.judged_pairs)
    movement = context.movement
    assert context.noise.limit_logit > 0
    (told,) = [event for event in recorded(context) if isinstance(event, NoiseRecorded)]
    assert told.movement_logit == movement.limit_logit
