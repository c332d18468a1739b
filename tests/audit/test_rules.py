"""Every shipped rule matches what its own examples call wrong, and nothing that they call right."""

from __future__ import annotations

import pytest

from harness.audit import Rule, shipped_rules
from harness.audit.rule import Example

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.about.id}-{example.language}-{'wrong' if example.wrong else 'right'}-{n}")
    for rule in shipped_rules()
    for n, example in enumerate(rule.examples)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_is_matched_exactly_if_it_is_wrong(rule: Rule, example: Example, audited) -> None:  # type: ignore[no-untyped-def]
    found = audited(example.files, [rule])
    assert not found.left, "an example must parse"
    assert bool(found.findings) is example.wrong, found.findings
