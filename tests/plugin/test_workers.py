"""The suites over several workers of pytest-xdist: one run, one report, the findings of a run without workers."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import torch

pytest.importorskip("xdist", reason="pytest-xdist is an extra")

QUICK = ("-m", "cpu", "--rerank-profile", "smoke", "--rerank-out", "runs", "-p", "no:cacheprovider", "-rfEs")
TWO = ("-n", "2", *QUICK)
#: A target that gives every document the same score, and leaves the process where it is asked for it.
CONSTANT = """
import os, pytest

@pytest.fixture(scope="session")
def rerank_target():
    def constant(query, documents, instruction):
        if os.environ.get("DIES_IN", "nowhere") in os.environ["PYTEST_CURRENT_TEST"]:
            os._exit(7)
        return [0.7310586] * len(documents)
    return constant
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project that imports two suites into its own tests."""
    pytester.makepyfile(
        test_reranker="from suites.test_score_distribution import *\nfrom suites.test_ranking_quality import *\n"
    )
    return pytester


def events_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]


def statuses(events: list[dict[str, Any]]) -> set[tuple[str, ...]]:
    found = (event["finding"] for event in events if event["event"] == "FindingMade")
    return {(f["check"], f["subject"], f["status"], f["message"] * (f["status"] == "not verified")) for f in found}


def assert_one_run(events: list[dict[str, Any]]) -> None:
    """It begins and ends once, and a check's events stand together."""
    kinds = [event["event"] for event in events]
    assert (kinds[0], kinds[-1]) == ("RunStarted", "RunFinished")
    assert Counter(kinds)["RunStarted"] == Counter(kinds)["RunFinished"] == 1
    checks = [(kind, event["check"]) for kind, event in zip(kinds, events, strict=True) if "check" in event]
    for (first, check), (then, same) in zip(checks[::2], checks[1::2], strict=True):
        assert (first, then, check) == ("CheckStarted", "CheckFinished", same)
    assert {check for _, check in checks} == set(events[0]["planned"])


@pytest.mark.slow
def test_a_fault_is_found_once_and_takes_the_meaning_from_what_other_workers_check(project: pytest.Pytester) -> None:
    project.makeconftest(CONSTANT)
    alone = project.runpytest_subprocess(*QUICK, "-p", "no:xdist").parseoutcomes()
    serial = events_of(project.path / "runs/cpu")
    result = project.runpytest_subprocess(*TWO)
    workers = events_of(project.path / "runs/cpu")
    assert_one_run(workers)
    assert statuses(workers) == statuses(serial)
    recorded = ("ScoresRecorded", "NoiseRecorded", "CauseFound")
    assert [e for e in workers if e["event"] in recorded] == [e for e in serial if e["event"] in recorded]
    told = ("passed", "failed", "skipped")
    assert [result.parseoutcomes().get(word) for word in told] == [alone.get(word) for word in told]
    assert [line for line in result.outlines if "verdict: fail" in line and "runs/cpu/report.html" in line]
    assert len([line for line in result.outlines if "rerank-harness cpu" in line]) == 1


def test_a_check_whose_process_dies_is_an_error_and_the_others_are_made(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.makeconftest(CONSTANT)
    project.makepyfile(test_reranker="from suites.test_score_distribution import *\n")
    monkeypatch.setenv("DIES_IN", "score-distribution.finite")
    result = project.runpytest_subprocess(*TWO, "--rerank-record", "answers.jsonl")
    events = events_of(project.path / "runs/cpu")
    assert_one_run(events)
    died = [event["finding"] for event in events if event["event"] == "FindingMade"]
    assert [(f["check"], f["status"]) for f in died if "process" in f["message"]] == [
        ("score-distribution.finite", "error")
    ]
    result.stdout.fnmatch_lines(["*crashed while running*score-distribution.finite*"])
    pairs = [json.loads(line) for line in (project.path / "answers.jsonl").read_text().splitlines()]
    assert len(pairs) == len({(p["query"], p["document"], p.get("instruction")) for p in pairs}) > 100


@pytest.mark.slow
def test_a_mistake_is_one_line_and_nothing_is_written(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess(*TWO, "--rerank-model", "./nowhere")
    assert result.ret == 2
    result.stdout.fnmatch_lines(["*rerank-harness: no checkpoint folder at ./nowhere*"])
    result.stdout.no_fnmatch_line("*Traceback*")
    assert not (project.path / "runs").exists()


@pytest.mark.slow
def test_verifying_the_same_on_every_worker_is_refused(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess("--tx", "2*popen", "--dist", "each", *QUICK)
    assert result.ret == 2
    result.stdout.fnmatch_lines(["*rerank-harness: --dist each would verify the same several times*"])


@pytest.mark.slow
@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device")
def test_workers_in_other_folders_write_nothing_there(project: pytest.Pytester) -> None:
    elsewhere = ("--tx", "popen//chdir=one", "--tx", "popen//chdir=two", "-d", "--pyargs", "suites.test_prompt")
    result = project.runpytest_subprocess(*QUICK, *elsewhere, "-m", "cuda")
    assert set(result.parseoutcomes()) == {"skipped"}
    kinds = Counter(event["event"] for event in events_of(project.path / "runs/cuda"))
    assert kinds == {"RunStarted": 1, "DeviceUnavailable": 1, "RunFinished": 1}
    assert not [path for name in ("one", "two") for path in (project.path / name).rglob("events.jsonl")]


@pytest.mark.slow
def test_what_is_timed_is_timed_apart_and_shown(project: pytest.Pytester) -> None:
    project.makepyfile(
        test_reranker="from suites.test_performance import test_performance, test_request_latency\n",
        test_other="def test_nothing():\n    pass\n",
    )
    result = project.runpytest_subprocess(*TWO, "-k", "nothing or latency", "-m", "not cuda and not mps")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["*Name (time in ms)*", "test_request_latency*"])
    result.stdout.no_fnmatch_line("*disabled*")
    events = events_of(project.path / "runs/cpu")
    assert_one_run(events)
    assert {"latency", "memory"} <= {event["id"] for event in events if event["event"] == "SamplesRecorded"}


@pytest.mark.slow
def test_what_is_not_timed_is_not_passed(project: pytest.Pytester) -> None:
    project.makepyfile(test_reranker="from suites.test_performance import test_request_latency\n")
    result = project.runpytest_subprocess(*QUICK, "--benchmark-disable")
    result.assert_outcomes(skipped=1, deselected=2)
    result.stdout.fnmatch_lines(["*not timed: pytest-benchmark is disabled here; the answers are right*"])


def test_sessions_without_a_verification_are_distributed_as_ever(project: pytest.Pytester) -> None:
    project.makepyfile(
        test_reranker="import pytest\n\n@pytest.mark.parametrize('n', range(8))\ndef test_n(n):\n    pass\n"
    )
    project.runpytest_subprocess("-n", "2", "--dist", "worksteal", *QUICK[2:]).assert_outcomes(passed=8)
    assert not (project.path / "runs").exists()


@pytest.mark.endurance
def test_all_suites_find_the_same_over_workers(project: pytest.Pytester) -> None:
    project.makepyfile(test_reranker="from suites.everything import *\n")
    project.runpytest_subprocess(*QUICK, "-p", "no:xdist")
    serial = events_of(project.path / "runs/cpu")
    project.runpytest_subprocess(*TWO)
    workers = events_of(project.path / "runs/cpu")
    assert_one_run(workers)
    timed = {found for found in statuses(serial) ^ statuses(workers) if found[0].startswith("performance.")}
    assert statuses(workers) ^ statuses(serial) == timed
    assert workers[0]["planned"] == serial[0]["planned"]
    assert Counter(e["event"] for e in workers) == Counter(e["event"] for e in serial)
