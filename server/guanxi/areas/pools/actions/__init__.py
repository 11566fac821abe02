"""The verbs of pools, one file each."""
