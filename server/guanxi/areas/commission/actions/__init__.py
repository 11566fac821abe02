"""The verbs of commission."""
