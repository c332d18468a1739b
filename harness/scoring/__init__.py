"""Scoring in units: by this process, by threads that ask servers, or by workers of a Ray cluster."""
