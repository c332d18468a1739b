"""A verification over several processes of one test session (pytest-xdist): workers judge, the controller writes.

A worker tells its events with its test reports, and the controller tells every worker what the others have found. Both
go over the connection that xdist has to a worker, so that a worker may as well stand on another machine.
"""
