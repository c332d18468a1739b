"""Devices: is the device that was asked for really used, in the dtype that was asked for?"""
