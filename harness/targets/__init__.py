"""Targets: the protocol and one module a kind."""
