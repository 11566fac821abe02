"""Changing the physical schema of a live workspace: a pure plan and its runner."""
