"""The plugin, as another project's test run meets it."""

import json
from pathlib import Path

import pytest
import torch

from harness.diagnosis.packs import write_pack
from harness.engine.packing import pack_of

QUICK = ("--rerank-profile", "smoke", "--rerank-out", "runs", "-p", "no:cacheprovider", "-rs")
SUITE = "from suites.test_score_distribution import *\n"
CONSTANT_TARGET = """
import pytest

@pytest.fixture(scope="session")
def rerank_target():
    def constant(query, documents, instruction):
        return [0.7310586] * len(documents)
    return constant
"""


def run_of(folder: Path) -> dict:  # type: ignore[type-arg]
    return json.loads((folder / "run.json").read_text())  # type: ignore[no-any-return]


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project that imports one suite into its own tests."""
    pytester.makepyfile(test_reranker=SUITE)
    return pytester


def test_the_healthy_reference_passes_and_leaves_its_reports(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess("-m", "cpu", *QUICK)
    assert set(result.parseoutcomes()) <= {"passed", "skipped", "deselected"}
    assert (project.path / "runs/cpu/report.html").exists()


def test_a_target_from_conftest_is_the_one_that_is_verified(project: pytest.Pytester) -> None:
    project.makeconftest(CONSTANT_TARGET)
    result = project.runpytest_subprocess("-m", "cpu", *QUICK)
    assert result.parseoutcomes()["failed"] >= 1
    result.stdout.fnmatch_lines(["*verdict: fail*report.html"])


@pytest.mark.slow
def test_a_pack_takes_the_place_of_a_checkpoint_and_names_the_cause(
    project: pytest.Pytester, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pack = tmp_path_factory.mktemp("pack") / "tiny.pack.json"
    write_pack(pack_of("tiny-causal", "cpu", None), pack)
    project.makepyfile(test_reranker="from suites.test_numerics import *\n")
    project.makeconftest(CONSTANT_TARGET.replace("0.7310586", "0.5"))
    project.runpytest_subprocess("-m", "cpu", "--rerank-pack", str(pack), *QUICK)
    run = run_of(project.path / "runs/cpu")
    assert {cause["stage"] for cause in run["causes"]} & {"head", "activate"}
    assert {f["status"] for f in run["findings"] if f["check"] == "numerics.values"} == {"fail"}


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device")
def test_without_the_device_every_test_is_not_verified_and_says_why(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess("-m", "cuda", *QUICK)
    assert set(result.parseoutcomes()) <= {"skipped", "deselected", "warnings"}
    result.stdout.fnmatch_lines(["*not verified on cuda: *CUDA*"])
    assert run_of(project.path / "runs/cuda")["verdict"] == "incomplete"


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device")
def test_a_required_device_that_is_missing_fails(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess("-m", "cuda", "--require-device", *QUICK)
    assert result.parseoutcomes()["failed"] >= 1
    assert run_of(project.path / "runs/cuda")["verdict"] == "fail"


def test_a_mistake_in_an_option_is_one_line_and_exit_status_2(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess("-m", "cpu", "--rerank-model", "./nowhere", *QUICK)
    assert result.ret == 2
    result.stdout.fnmatch_lines(["*no checkpoint folder at ./nowhere*"])


def test_checks_run_in_the_order_of_their_phases_whatever_file_they_stand_in(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_a="from suites.test_ranking_quality import *\n", test_b="from suites.test_compatibility import *\n"
    )
    result = pytester.runpytest_subprocess("-m", "cpu", "--collect-only", "-q", *QUICK)
    ids = [line.split("[")[1].rstrip("]").removeprefix("cpu-") for line in result.outlines if "::" in line]
    assert ids.index("compatibility.checkpoint") < ids.index("ranking-quality.above-chance")


@pytest.mark.parametrize(("profile", "timed"), [("smoke", ["10x100"]), ("ci", ["1x20", "10x100"])])
def test_the_profile_says_which_requests_are_timed(pytester: pytest.Pytester, profile: str, timed: list[str]) -> None:
    pytester.makepyfile(test_reranker="from suites.test_performance import *\n")
    result = pytester.runpytest_subprocess("-m", "cpu", "--collect-only", "-q", "--rerank-profile", profile)
    ids = [line.split("[cpu-")[1] for line in result.outlines if "test_scoring_speed" in line]
    assert [i for i in ids if i.endswith("-reference]")] == [f"{request}-reference]" for request in timed]


@pytest.mark.slow
def test_all_contenders_are_timed_with_their_answers_checked(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_reranker="from suites.test_performance import test_scoring_speed\n")
    result = pytester.runpytest_subprocess("-m", "cpu", *QUICK, "--rerank-profile", "ci")
    result.assert_outcomes(passed=8, deselected=16)


def test_a_run_without_our_tests_writes_nothing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_nothing():\n    pass\n")
    pytester.runpytest_subprocess(*QUICK).assert_outcomes(passed=1)
    assert not (pytester.path / "runs").exists()


def test_the_device_markers_are_known_to_strict_runs(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess("--strict-markers", "--collect-only", "-q", "-m", "mps", *QUICK)
    assert result.ret == 0


@pytest.mark.slow
def test_a_calibration_that_does_not_fit_is_one_line_and_exit_status_2(project: pytest.Pytester) -> None:
    (project.path / "tiny.json").write_text("{}")
    result = project.runpytest_subprocess("-m", "cpu", "--rerank-calibration", "tiny.json", *QUICK)
    assert result.ret == 2
    result.stdout.fnmatch_lines(["*tiny.json is no calibration of rerank-harness/calibration/1*"])


@pytest.mark.slow
def test_sources_are_audited_where_they_are_named_and_left_out_where_not(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_reranker="from suites.test_source_audit import *\n")
    sources = Path(__file__).parent.parent.parent / "examples" / "serving-project"
    named = pytester.runpytest_subprocess("-m", "cpu", "--rerank-source", str(sources), *QUICK).parseoutcomes()
    unnamed = pytester.runpytest_subprocess("-m", "cpu", *QUICK).parseoutcomes()
    assert named["failed"] >= 4
    assert set(unnamed) == {"deselected"}
