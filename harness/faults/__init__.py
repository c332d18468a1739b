"""The fault library: documented variants of one pipeline stage each.

It serves twice: planted, to prove that the checks see them, and simulated, as the explanations that diagnosis searches.
`harness/faults/encode.py` varies `harness/reference/encode.py`, and so on: the two rooms mirror each other.
"""

from harness.faults.library import Fault, all_faults, fault, faults_of, find, plant

__all__ = ["Fault", "all_faults", "fault", "faults_of", "find", "plant"]
