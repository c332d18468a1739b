"""Proof that diagnosis and checks see what they claim: every fault planted, and what finds it."""
