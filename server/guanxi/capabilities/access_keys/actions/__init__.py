"""The verbs of keys and apps, one to a file."""
