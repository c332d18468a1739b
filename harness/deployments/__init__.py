"""Real engines, started on this machine with an embedded model, verified and stopped again."""
