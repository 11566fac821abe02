"""Verbs of quotes, one a file."""
