"""Performance: figures whose answers were checked while the clock ran."""
