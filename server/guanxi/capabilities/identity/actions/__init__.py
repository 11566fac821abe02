"""The verbs of identity, one to a file."""
