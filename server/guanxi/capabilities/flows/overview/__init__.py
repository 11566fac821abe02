"""Automation as a whole: how it goes, whom to tell when it goes wrong, its secrets and the addresses that start flows."""
