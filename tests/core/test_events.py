"""The event stream as lines of JSON."""

import json

import pytest

from harness.core.errors import UsageError
from harness.core.events import (
    CheckFinished,
    CheckStarted,
    DeviceUnavailable,
    Noted,
    RunFinished,
    ScoresRecorded,
    SeriesRecorded,
    from_json,
    to_json,
)
from harness.core.vocabulary import Area

EVENTS = [
    CheckStarted("numerics.values"),
    CheckFinished("numerics.values"),
    DeviceUnavailable("cuda", "no CUDA device is visible", required=True),
    SeriesRecorded("s", "S", "bars", "logit", (1.0, None), ("a", "b"), (("chance", 0.5),), Area.NUMERICS),
    SeriesRecorded("c", "C", "lines", "pairs/s", (1.0, 2.0), ("a", "a"), at=(1.0, 4.0), across="documents"),
    Noted("out-of-memory", "halved", {"batch": 8}),
    RunFinished("2026-01-01T00:00:00+00:00"),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: type(e).__name__)
def test_an_event_survives_its_line(event) -> None:  # type: ignore[no-untyped-def]
    assert from_json(to_json(event)) == event


def test_a_series_from_before_there_were_lines_is_read() -> None:
    old = json.loads(to_json(SeriesRecorded("s", "S", "bars", "logit", (1.0,))))
    read = from_json(json.dumps({name: value for name, value in old.items() if name not in ("at", "across")}))
    assert read == SeriesRecorded("s", "S", "bars", "logit", (1.0,))


@pytest.mark.parametrize(
    ("field", "value"), [("documents", [1]), ("grades", [0, "1"]), ("scores", [0.5, "x"]), ("scores", [0.5, True])]
)
def test_one_value_of_another_type_among_many_is_refused(field: str, value: list[object]) -> None:
    count = len(value)
    told = {
        "event": "ScoresRecorded", "query": "q", "documents": ["d"] * count, "grades": [0] * count,
        "scores": [0.5] * count, "scale": "probability",
    }  # fmt: skip
    assert isinstance(from_json(json.dumps(told)), ScoresRecorded)
    with pytest.raises(UsageError, match="not an event"):
        from_json(json.dumps(told | {field: value}))


def test_an_id_that_many_queries_name_is_kept_once() -> None:
    line = to_json(ScoresRecorded("q", ("document 1",), (1,), (0.5,), "probability"))
    first, second = from_json(line), from_json(line)
    assert isinstance(first, ScoresRecorded)
    assert isinstance(second, ScoresRecorded)
    assert first.documents[0] is second.documents[0]


def test_a_line_is_strict_json_even_for_nan() -> None:
    line = to_json(SeriesRecorded("s", "S", "bars", "", (float("nan"), float("inf"))))
    assert json.loads(line)["values"] == [None, None]


@pytest.mark.parametrize("line", ["", "{", "[]", '{"event": "Nothing"}', '{"event": "CheckStarted", "who": 1}'])
def test_a_line_that_is_no_event_is_refused(line: str) -> None:
    with pytest.raises(UsageError, match="not an event"):
        from_json(line)


@pytest.mark.parametrize(("grades", "scores"), [([1], [0.5, 0.1]), ([1, 0], [0.5]), ([], [0.5])])
def test_scores_that_are_not_as_many_as_their_documents_are_refused(grades: list[int], scores: list[float]) -> None:
    fields = {"query": "q", "documents": ["a", "b"], "grades": grades, "scores": scores, "scale": "probability"}
    with pytest.raises(UsageError, match="2 documents with"):
        from_json(json.dumps({"event": "ScoresRecorded", **fields}))
