"""Several deployments in one go: planned from a matrix or a list of targets, verified apart, and held together."""
