"""Targets over HTTP: one client, one module a dialect."""
