"""Statements of many companies at once: asked for, made in the background, fetched as one file."""
