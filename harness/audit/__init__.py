"""Source audit: reranker faults that can be read off a serving project's code, without running anything of it."""

from harness.audit.claims import read_claims
from harness.audit.manifest import read_manifest
from harness.audit.reading import find_rule, observations, read_rule, rules, shipped_rules
from harness.audit.rule import Rule
from harness.audit.run import Asked, audit
from harness.audit.scanning import cores
from harness.audit.sources import Sources
from harness.audit.suppressions import Baseline, read_baseline
from harness.audit.vocabulary import Vocabulary

__all__ = [
    "Asked",
    "Baseline",
    "Rule",
    "Sources",
    "Vocabulary",
    "audit",
    "cores",
    "find_rule",
    "observations",
    "read_baseline",
    "read_claims",
    "read_manifest",
    "read_rule",
    "rules",
    "shipped_rules",
]
