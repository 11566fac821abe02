"""The verbs of sales, one in a file."""
