"""Giving leads to people: rules, territories, acceptance, and the history of it."""
