"""Runs the sources at the times their sheets say, each by one process at a time."""
