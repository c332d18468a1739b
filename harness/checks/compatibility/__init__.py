"""Compatibility: can the checkpoint be understood, and can the reference for it be trusted?"""
