"""Sign-off: from the events of some runs and a policy to a signed statement, and back from a statement to its events.

`sign` makes a statement with the evidence that it rests on; `check` holds one against its evidence on any machine.
"""
