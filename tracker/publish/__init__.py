"""Votes leaving the building: files, feeds, messages, pictures."""
