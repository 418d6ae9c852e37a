"""Voteview: the roll calls of both chambers of the United States Congress since 1789, as its CSV files have them."""
