"""Arithmetic on votes: who broke ranks, how united and how alike they are, how often there, how close it was.

What each figure means, and whose definition it is: docs/methods.md.
"""
