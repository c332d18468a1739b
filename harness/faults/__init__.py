"""The fault library: documented variants of one pipeline stage each, to prove that the checks see them.

`harness/faults/encode.py` varies `harness/reference/encode.py`, and so on: the two rooms mirror each other.
"""

from harness.faults.library import Fault, all_faults, fault, find, plant

__all__ = ["Fault", "all_faults", "fault", "find", "plant"]
