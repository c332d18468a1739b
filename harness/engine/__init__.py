"""Engine: the order of checks, what a failure takes the meaning from, and the events of a run."""
