"""The verbs of activities, one in a file."""
