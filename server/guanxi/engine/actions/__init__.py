"""Verbs: registered once, run by one runner for screens, API, jobs and automation."""
