"""Nothing healthy is flagged: the embedded variants compute what they define."""

import pytest

from harness.checks.registry import Check, all_checks
from harness.core.vocabulary import Area, Status
from harness.engine.session import verify
from harness.engine.setup import Request

SLOW = ("tiny-seq-cls", "tiny-seq-cls-2-reversed", "tiny-permuted", "tiny-bos")
#: Whose answers are read in the same way, from the same places, as those of another one.
LIKE_OTHERS = ("tiny-seq-cls-2", "tiny-untied")
VARIANTS = [
    *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW),
    *(pytest.param(name, marks=pytest.mark.endurance) for name in LIKE_OTHERS),
]
AREAS = (Area.COMPATIBILITY, Area.TOKEN_IDS, Area.PROMPT, Area.NUMERICS, Area.RANKING_QUALITY, Area.DEVICES)


def checks() -> list[Check]:
    return [c for c in all_checks() if c.area in AREAS]


@pytest.mark.parametrize("model", VARIANTS)
def test_a_healthy_variant_is_not_flagged(model: str) -> None:
    findings = verify(Request(model=model, profile="smoke"), lambda event: None, checks())
    assert [(f.check, f.message) for f in findings if f.status in (Status.FAIL, Status.ERROR)] == []
