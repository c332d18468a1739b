"""The pytest suites, one file an area: they choose data and device, and run the checks.

`pytest --pyargs suites -m cpu` runs them from any folder; `from suites.everything import *` in a test module of
another project runs them inside its own test run, against the target that its conftest.py hands in.
"""
