"""Policies as files: what is not understood is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.checks.profiles import PROFILES as CHECKED
from harness.core.errors import UsageError
from harness.core.vocabulary import Area, Severity
from harness.core.waivers import Justification
from reports.signoff.policy import PROFILES, read_policy

ROOT = Path(__file__).parents[3]
RULE = '[[waivable]]\nchecks = ["numerics.*"]\nseverities = ["major"]\nowners = ["*@example.com"]\n'


def test_a_policy_is_read(desk: Any) -> None:
    policy = read_policy(desk.policy(RULE))
    assert (policy.devices, policy.areas) == (("cpu",), (Area.NUMERICS, Area.PROMPT))
    assert (policy.margins, policy.waivable[0].severities) == ({"numerics.values": 0.01}, (Severity.MAJOR,))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"device": '["cpu"]'}, "there is no key 'device'; did you mean 'devices'?"),
        ({"devices": None}, "'devices' is missing"),
        ({"devices": "[]"}, "devices: "),
        ({"devices": '["cuda:0"]'}, "devices 1: 'cuda:0' is not known; did you mean 'cuda'?"),
        ({"areas": '["numeric"]'}, "areas 1: 'numeric' is not known; did you mean 'numerics'?"),
        ({"profile": '"nightli"'}, "profile: 'nightli' is not known; did you mean 'nightly'?"),
        ({"margins": '{"numerics.values" = "0.1"}'}, "margins, numerics.values: '0.1' is not of type 'number'"),
        ({"max_age_days": "0"}, "max_age_days: 0 is less than or equal"),
        ({"max_age_days": "inf"}, "inf is no number"),
        ({"models": '["tiny-causal"]'}, "models 1: 'tiny-causal' does not match"),
        ({"waivable": '[{checks = ["*"], severity = ["minor"]}]'}, "waivable 1: there is no key 'severity'"),
        ({"waivable": '[{checks = ["*"], severities = ["minor"]}]'}, "waivable 1: 'owners' is missing"),
        ({"areas": None, "checks": None}, "names neither areas nor checks"),
    ],
)
def test_a_wrong_policy_is_refused_with_the_place(changes: dict[str, str | None], told: str, desk: Any) -> None:
    with pytest.raises(UsageError) as error:
        read_policy(desk.policy(**changes))
    assert "policy.toml" in str(error.value)
    assert told in str(error.value)


def test_schemas_know_the_words_that_the_program_knows() -> None:
    policy = json.loads((ROOT / "reports/schema/policy.schema.json").read_text())["properties"]
    waiver = json.loads((ROOT / "harness/core/waivers.schema.json").read_text())["properties"]["waiver"]["items"]
    severities = policy["waivable"]["items"]["properties"]["severities"]["items"]["enum"]
    assert (policy["areas"]["items"]["enum"], severities) == (list(Area), list(Severity))
    assert waiver["properties"]["justification"]["enum"] == list(Justification)
    assert policy["profile"]["enum"] == list(CHECKED) == list(PROFILES)
