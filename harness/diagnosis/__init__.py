"""Diagnosis: which variant of the reference reproduces what a target answers."""
