"""The verbs of the sample."""
