"""Brings sources, archive, domain and storage together, in order."""
