"""Prompt: is it the pinned one, token by token, at every length?"""
