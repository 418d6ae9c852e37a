"""Reads what goes into files: whole tables, a batch of votes at a time, as columns."""
