"""Ranking quality against graded labels: per query, with ties as random order, and never a bare mean."""
