"""The area source-audit: only where `--rerank-source` names a checkout."""

from __future__ import annotations

from collections.abc import Callable

from harness.checks.registry import Check
from harness.core.vocabulary import Area
from harness.plugin import checks_of


@checks_of(Area.SOURCE_AUDIT)
def test_source_audit(check: Check, verify: Callable[[Check], None]) -> None:
    """Each check of the area, as one test."""
    verify(check)
