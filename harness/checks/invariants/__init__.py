"""Invariants: relations between scores that hold whatever the model, searched for counter-examples with Hypothesis."""
