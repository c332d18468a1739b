"""The release page says what was decided, and takes nothing from outside for more than text."""

from collections.abc import Callable
from typing import Any

import pytest

from harness.core.events import Event
from harness.core.vocabulary import Status

Change = Callable[..., list[Event]]
ALLOWED = '[[waivable]]\nchecks = ["*"]\nseverities = ["major", "critical"]\nowners = ["*"]\n'


@pytest.mark.parametrize("name", ["release.md", "release.html"])
def test_a_pass_shows_devices_areas_and_margins(name: str, desk: Any) -> None:
    desk.sign()
    page = (desk.evidence / name).read_text()
    assert all(word in page for word in ("PASS", "cpu", "Numerics", "0.02", "sha256:" + "a" * 64))


@pytest.mark.parametrize("name", ["release.md", "release.html"])
def test_a_conditional_one_lists_its_waivers(name: str, desk: Any, failing: Change) -> None:
    desk.sign(desk.run(failing(desk.events())), policy=desk.policy(ALLOWED), waivers=desk.waivers())
    page = (desk.evidence / name).read_text()
    assert all(word in page for word in ("CONDITIONAL", "ana@example.com", "coarse head", "2027-01-31", "RiskAccepted"))


@pytest.mark.parametrize("name", ["release.md", "release.html"])
def test_a_fail_gives_each_reason(name: str, desk: Any) -> None:
    desk.sign(desk.run(desk.events()[:-3]), policy=desk.policy(devices='["cpu", "mps"]'))
    page = (desk.evidence / name).read_text()
    reasons = ("device mps is required, and no run covered it", "did not come to its end", "left no finding")
    assert all(reason in page for reason in ("FAIL", *reasons))


def test_text_from_outside_stays_text(desk: Any, failing: Change) -> None:
    hostile = "<script>alert(1)</script> | [a](b)\n# heading"
    stream = failing(desk.events(target={"spec": hostile}), message=hostile, subject=hostile)
    desk.sign(desk.run(stream), policy=desk.policy(ALLOWED, title='"<script>alert(2)</script>"'))
    assert "<script>alert" not in (desk.evidence / "release.html").read_text()
    markdown = (desk.evidence / "release.md").read_text()
    assert ("<script>" in markdown, "[a](b)" in markdown, "\n# heading" in markdown) == (False, False, False)


def test_what_was_not_verified_is_listed(desk: Any, failing: Change) -> None:
    stream = failing(desk.events(), "prompt.template", status=Status.NOT_VERIFIED, message="needs a model")
    desk.sign(desk.run(stream))
    assert "prompt.template on cpu: needs a model" in (desk.evidence / "release.md").read_text()
