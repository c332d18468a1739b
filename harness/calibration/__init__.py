"""Measured tolerances: how far a healthy reranker is from its definition, and how far it moves, kept as data."""
