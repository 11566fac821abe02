"""Computed values: the formula language, compiled to SQL and evaluated in Python, and what is rolled up of related records."""
