"""Monitoring: do the counters move as they should?"""
