"""Verbs of scripts and materials."""
