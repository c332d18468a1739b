"""Numerics: does the target compute the reference's values, as far as they can be told from noise?"""
