"""Automation: flows that changes, times and people set off, and the engine that runs them."""
