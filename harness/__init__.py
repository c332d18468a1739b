"""Verification of rerankers: reference, checks, faults, engine, command line and pytest plugin."""
