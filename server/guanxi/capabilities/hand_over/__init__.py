"""Handing over what one person holds to others: previewed, split, checked, done as one change set, and undone."""
