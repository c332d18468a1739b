"""Source audit: reranker faults that can be read off a serving project's code, without running anything of it."""

from harness.audit.reading import find_rule, read_rule, rules, shipped_rules
from harness.audit.rule import Rule
from harness.audit.run import audit
from harness.audit.suppressions import Baseline, read_baseline
from harness.audit.vocabulary import Vocabulary

__all__ = [
    "Baseline",
    "Rule",
    "Vocabulary",
    "audit",
    "find_rule",
    "read_baseline",
    "read_rule",
    "rules",
    "shipped_rules",
]
