"""Flows tried on the past, and drafts on one record: what would have been done, without doing any of it."""
