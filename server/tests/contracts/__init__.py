"""Suites over registries: whatever is registered must keep the promises of its sort."""
