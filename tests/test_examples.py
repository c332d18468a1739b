"""What lies in examples/ is understood by the program, and a workflow made of it hides nothing."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.checks.registry import all_checks
from harness.core.waivers import Accepted, Waiver, read_waivers
from reports.signoff.policy import Policy, read_policy
from tests.commands import PROGRAMS, complaint
from tests.reports.demo import findings

EXAMPLES = Path(__file__).parent.parent / "examples"
WORKFLOW = (EXAMPLES / "github-actions.yml").read_text(encoding="utf-8")
#: Everything as text: YAML 1.1 takes `on` for true.
JOBS: dict[str, Any] = yaml.load(WORKFLOW, yaml.BaseLoader)["jobs"]
DEVICES = [entry["device"] for entry in JOBS["nightly"]["strategy"]["matrix"]["include"]]
CHECKS = {check.id: check for check in all_checks()}


def commands(job: str) -> list[list[str]]:
    """The calls of our programs in a job, each in its words, as it runs on the first device."""
    scripts = [step["run"].replace("\\\n", " ") for step in JOBS[job]["steps"] if "run" in step]
    lines = "\n".join(scripts).replace("${{ matrix.device }}", DEVICES[0]).splitlines()
    return [words for words in (shlex.split(line, comments=True) for line in lines) if words and words[0] in PROGRAMS]


COMMANDS = [(job, words) for job in JOBS for words in commands(job)]


def test_pushes_nights_and_releases_have_their_jobs() -> None:
    assert [(job, words[0] if words[0] == "pytest" else words[1]) for job, words in COMMANDS] == [
        ("ci", "pytest"), ("nightly", "verify"), ("sign-off", "signoff"), ("sign-off", "signoff-check"),
    ]  # fmt: skip


def test_every_night_is_verified_on_each_device() -> None:
    assert DEVICES == ["cpu", "cuda", "mps"]


@pytest.mark.parametrize(("job", "words"), COMMANDS, ids=[f"{job}: {' '.join(words[:2])}" for job, words in COMMANDS])
def test_a_command_of_the_workflow_is_understood(job: str, words: list[str], tmp_path: Path) -> None:
    assert complaint(words, tmp_path) == ""


def test_what_is_signed_off_is_what_the_devices_uploaded() -> None:
    uploaded = JOBS["nightly"]["steps"][-1]["with"]
    names = [uploaded["name"].replace("${{ matrix.device }}", device) for device in DEVICES]
    assert uploaded["name"] == uploaded["path"]
    assert commands("sign-off")[0][2:5] == names


def test_no_step_hides_that_it_failed() -> None:
    assert not re.search(r"\|\| *(true|:|exit 0)|continue-on-error|set \+e", WORKFLOW)


def test_a_pull_request_meets_no_secret_and_no_runner_of_the_team() -> None:
    started = [json.dumps(job) for job in JOBS.values() if "pull_request" in job["if"]]
    assert started
    assert [text for text in started if "secrets." in text or "self-hosted" in text] == []


def test_every_file_that_the_workflow_needs_is_named_in_its_head() -> None:
    head = WORKFLOW.split("\nname:")[0]
    needed = {word for _, words in COMMANDS for word in words if word.endswith((".toml", ".pub"))}
    assert needed == {"policy.toml", "waivers.toml", "release.pub"}
    assert [name for name in sorted(needed) if name not in head] == []


@pytest.fixture(scope="module")
def policy() -> Policy:
    return read_policy(EXAMPLES / "policy.toml")


def test_every_area_of_the_policy_has_checks(policy: Policy) -> None:
    assert policy.areas
    assert set(policy.areas) - {check.area for check in CHECKS.values()} == set()


def test_every_pattern_of_the_policy_names_a_check(policy: Policy) -> None:
    waivable = [pattern for rule in policy.waivable for pattern in rule.checks]
    patterns = [*policy.checks, *policy.margins, *waivable]
    assert waivable
    assert [one for one in patterns if not any(fnmatchcase(check, one) for check in CHECKS)] == []


def test_the_waivers_accept_nothing_as_they_are_shipped() -> None:
    assert read_waivers(EXAMPLES / "waivers.toml") == ()


@pytest.fixture
def waivers(tmp_path: Path) -> tuple[Waiver, ...]:
    """The entries of the example, uncommented."""
    path = tmp_path / "waivers.toml"
    path.write_text(re.sub(r"^#(?=\S)", "", (EXAMPLES / "waivers.toml").read_text(), flags=re.MULTILINE))
    return read_waivers(path)


def test_a_waiver_that_is_shown_is_of_a_check_and_allowed_by_the_policy(
    waivers: tuple[Waiver, ...], policy: Policy
) -> None:
    accepted = [
        Accepted("", replace(findings()[0], check=waiver.check, severity=CHECKS[waiver.check].severity), waiver)
        for waiver in waivers
    ]
    assert [policy.allows(entry) for entry in accepted] == [True, True]
