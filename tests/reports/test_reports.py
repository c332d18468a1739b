"""From an event stream to files."""

import importlib.resources
import json
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest
from referencing import Registry, Resource

from harness.core.errors import UsageError
from harness.core.events import from_json
from harness.core.run import Run
from harness.core.vocabulary import Verdict
from reports import FORMATS, write_reports


def schema(name: str) -> dict:
    return json.loads(importlib.resources.files("reports").joinpath("schema", f"{name}.schema.json").read_text())


@pytest.fixture(scope="module")
def validate():
    run = schema("run")
    registry = Registry().with_resource(run["$id"], Resource.from_contents(run))
    return {
        name: jsonschema.Draft202012Validator(schema(name), registry=registry).validate for name in ("run", "events")
    }


def test_every_format_is_written_beside_the_events(written: Path) -> None:
    assert {p.name for p in written.iterdir()} == {"events.jsonl", *FORMATS}
    assert set(FORMATS) == {
        "run.json", "report.md", "report.html", "junit.xml", "ctrf.json", "summary.md", "metrics.prom", "badge.svg",
    }  # fmt: skip


def test_run_json_keeps_its_contract(written: Path, validate) -> None:
    validate["run"](json.loads((written / "run.json").read_text()))


def test_the_schema_refuses_a_verdict_that_does_not_exist(written: Path, validate) -> None:
    run = json.loads((written / "run.json").read_text()) | {"verdict": "ok"}
    with pytest.raises(jsonschema.ValidationError):
        validate["run"](run)


def test_every_line_of_the_stream_keeps_its_contract(written: Path, validate) -> None:
    for line in (written / "events.jsonl").read_text().splitlines():
        validate["events"](json.loads(line))


def test_run_json_holds_the_findings_as_they_were_made(written: Path, demo: ModuleType) -> None:
    from harness.core.events import finding_from_dict, finite

    held = [finding_from_dict(f) for f in json.loads((written / "run.json").read_text())["findings"]]
    assert held[:-1] == demo.findings()[:-1]
    assert finite(demo.findings()[-1].value) is held[-1].value is None


def test_the_same_events_give_the_same_bytes(written: Path, tmp_path: Path) -> None:
    write_reports(written / "events.jsonl", tmp_path)
    assert {n: (tmp_path / n).read_bytes() for n in FORMATS} == {n: (written / n).read_bytes() for n in FORMATS}


def test_a_killed_run_rebuilds_as_incomplete(demo: ModuleType, tmp_path: Path) -> None:
    whole = demo.write(tmp_path / "events.jsonl").read_bytes()
    lines = whole.split(b"\n")[:10]
    (tmp_path / "events.jsonl").write_bytes(b"\n".join(lines)[:-20])
    run = write_reports(tmp_path / "events.jsonl")
    assert run.verdict is Verdict.INCOMPLETE
    assert run.interrupted_in == "compatibility.reference-trusted"
    assert "interrupted in the check compatibility.reference-trusted" in (tmp_path / "report.html").read_text()[:16000]
    assert "Incomplete run" in (tmp_path / "report.md").read_text()[:200]


def test_a_whole_last_line_without_its_line_break_counts(demo: ModuleType, tmp_path: Path) -> None:
    path = demo.write(tmp_path / "events.jsonl")
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert write_reports(path).finished is not None


@pytest.mark.parametrize(
    "broken",
    [
        b"{",
        b"\xff\xfe",
        b'{"event": "Unheard"}',
        b'{"event": "CheckStarted"}',
        b'{"event": "CheckStarted", "check": 7}',
        b'{"event": "FindingMade", "finding": {"value": "much"}}',
        b"[]",
    ],
)
def test_a_broken_line_is_named_by_its_number(demo: ModuleType, tmp_path: Path, broken: bytes) -> None:
    path = demo.write(tmp_path / "events.jsonl")
    first, second, *rest = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([first, second, broken, *rest]))
    with pytest.raises(UsageError, match="line 3"):
        write_reports(path)


def test_a_number_that_is_none_is_a_broken_line(demo: ModuleType, tmp_path: Path) -> None:
    path = demo.write(tmp_path / "events.jsonl")
    path.write_text(path.read_text().replace('"value": 0.00041', '"value": "little"'))
    with pytest.raises(UsageError, match="value"):
        write_reports(path)


@pytest.mark.parametrize("content", [b"", b"\n", b'{"event": "CheckStarted", "check": "a"}\n'])
def test_a_stream_of_no_run_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "events.jsonl").write_bytes(content)
    with pytest.raises(UsageError, match="RunStarted"):
        write_reports(tmp_path / "events.jsonl")


def test_a_stream_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        write_reports(tmp_path / "events.jsonl")


def test_nothing_is_written_where_a_file_is_in_the_way(written: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UsageError, match="in the way"):
        write_reports(written / "events.jsonl", tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_the_run_is_what_the_events_say(written: Path) -> None:
    events = [from_json(line) for line in (written / "events.jsonl").read_text().splitlines()]
    assert write_reports(written / "events.jsonl") == Run.of(events)
