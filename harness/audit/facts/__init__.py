"""Facts: statements about vocabularies, libraries and arithmetic that an experiment decides; one module each."""

from harness.audit.facts.registry import fact, facts

__all__ = ["fact", "facts"]
