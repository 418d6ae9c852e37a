"""Escrutinio."""
