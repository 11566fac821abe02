"""Kinds of triggers."""
