"""Every rule and observation of the program is sound as a user's has to be, and matches its own examples exactly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.audit import Rule, observations, read_rule, shipped_rules
from harness.audit.reading import OBSERVATIONS, SHIPPED
from harness.audit.rule import Example
from harness.core.audit import Audited

RULES = (*shipped_rules(), *observations())
FILES = [pytest.param(path, id=path.stem) for path in sorted((*SHIPPED.iterdir(), *OBSERVATIONS.iterdir()))]
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.about.id}-{example.language}-{'wrong' if example.wrong else 'right'}-{n}")
    for rule in RULES
    for n, example in enumerate(rule.examples)
]


@pytest.mark.parametrize("path", FILES)
def test_a_rule_of_the_program_is_read_as_a_users_is(path: Path) -> None:
    assert read_rule(path) == next(rule for rule in RULES if rule.about.id == path.stem)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_is_matched_exactly_if_it_is_wrong(
    rule: Rule, example: Example, audited: Callable[..., Audited]
) -> None:
    found = audited(example.files, [rule])
    assert not found.left, "an example must parse"
    assert bool(found.findings) is example.wrong, found.findings
