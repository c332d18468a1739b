"""metrics.prom: what node_exporter's textfile collector takes, named as Prometheus wants it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from harness.core.findings import Finding
from harness.core.run import Run
from reports.formats.metrics import render

#: What `promtool check metrics` says of names: no unit in short, none that is not a base unit, no kind, no promise.
ABBREVIATED = {"s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "tb", "pb", "m", "h", "d"}
NOT_BASE = {"milliseconds", "minutes", "hours", "days", "weeks", "megabytes", "mebibytes", "bits", "percent"}
KINDS = {"gauge", "counter", "histogram", "summary", "total", "count", "sum", "bucket", "info"}


def samples(source: str) -> dict[tuple[str, str], float]:
    """Name and check (or status, or verdict) → value."""
    return {
        (sample.name, next((sample.labels[k] for k in ("check", "status", "verdict") if k in sample.labels), "")): (
            sample.value
        )
        for family in text_string_to_metric_families(source)
        for sample in family.samples
        if sample.value or sample.name.endswith("verdict")
    }


@pytest.fixture(scope="module")
def source(written: Path) -> str:
    return (written / "metrics.prom").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def told(source: str) -> dict[tuple[str, str], float]:
    return samples(source)


@pytest.fixture(scope="module")
def of(demo: ModuleType) -> Callable[..., dict[tuple[str, str], float]]:
    """The samples of a run with one finding."""
    finding = demo.findings()[0]
    return lambda **changes: samples(render(Run(demo.started(), (replace(finding, check="c", **changes),))))


def test_the_verdict_is_one_of_three(told: dict[tuple[str, str], float]) -> None:
    verdicts = {word: told["rerank_harness_verdict", word] for word in ("pass", "fail", "incomplete")}
    assert verdicts == {"pass": 0, "fail": 1, "incomplete": 0}


def test_findings_are_counted_by_area_and_status(source: str, demo: ModuleType) -> None:
    [family] = [f for f in text_string_to_metric_families(source) if f.name == "rerank_harness_findings"]
    assert sum(sample.value for sample in family.samples) == len(demo.findings())
    [failed] = [s.value for s in family.samples if (s.labels["area"], s.labels["status"]) == ("prompt", "fail")]
    assert failed == 2


def test_a_figure_has_value_limit_and_margin(told: dict[tuple[str, str], float]) -> None:
    figures = [told[f"rerank_harness_finding_{name}_logits", "numerics.values"] for name in ("value", "limit")]
    assert figures == [4.832, 0.0312]
    assert told["rerank_harness_finding_margin_logits", "numerics.values"] == pytest.approx(-4.8008)


@pytest.mark.parametrize(
    ("unit", "name", "value"),
    [("ms", "seconds", 0.002), ("MiB", "bytes", 2 * 2**20), ("%", "ratio", 0.02), ("pairs/s", "pairs_per_second", 2.0)],
)
def test_units_are_base_units(of: Callable, unit: str, name: str, value: float) -> None:
    assert of(value=2.0, limit=None, margin=None, unit=unit)[f"rerank_harness_finding_value_{name}", "c"] == value


def test_other_units_are_a_label(source: str) -> None:
    assert re.search(r'^rerank_harness_finding_value\{.*unit="nDCG@10"\} 0.0412$', source, re.MULTILINE)


def test_what_is_no_number_is_left_out_and_infinity_stays(of: Callable) -> None:
    figures = of(value=math.nan, limit=math.inf, margin=None, unit="logit")
    assert {name: value for (name, _), value in figures.items() if "finding_" in name} == {
        "rerank_harness_finding_limit_logits": math.inf
    }


def test_the_run_has_its_times(told: dict[tuple[str, str], float]) -> None:
    assert told["rerank_harness_run_duration_seconds", ""] == 145.5
    assert told["rerank_harness_run_start_timestamp_seconds", ""] == 1795406706


def test_an_interrupted_run_has_no_end(demo: ModuleType) -> None:
    names = {name for name, _ in samples(render(Run(demo.started())))}
    assert "rerank_harness_run_start_timestamp_seconds" in names
    assert not names & {"rerank_harness_run_end_timestamp_seconds", "rerank_harness_run_duration_seconds"}


def test_every_sample_says_of_what_and_none_says_when(source: str) -> None:
    lines = [line for line in source.splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.search(r"\} \S+$", line)] == []
    assert all('target="tei+http://127.0.0.1:8080"' in line and 'device="cuda:0"' in line for line in lines)


def test_names_are_as_prometheus_wants_them(source: str) -> None:
    families = list(text_string_to_metric_families(source))
    words = {word for family in families for word in family.name.split("_")}
    assert words & (ABBREVIATED | NOT_BASE | KINDS) == set()
    assert all(re.fullmatch("rerank_harness_[a-z_]+", f.name) and f.documentation for f in families)


@given(text=st.text(), value=st.none() | st.floats())
def test_no_text_breaks_the_format(demo: ModuleType, text: str, value: float | None) -> None:
    texts = dict.fromkeys(("check", "subject", "unit", "device"), text)
    finding: Finding = replace(demo.findings()[0], **texts, value=value, limit=value, margin=value)
    source = render(Run(demo.started(target={"spec": text}, device=text), (finding,)))
    assert len(list(text_string_to_metric_families(source))) >= 3
