"""How fast the reference is beside the other ways to score the same pairs, with every timed answer checked."""
