"""Robustness: hostile texts get a score or a loud error, and disturb nobody else."""
