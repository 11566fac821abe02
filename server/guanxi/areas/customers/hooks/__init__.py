"""What customers does around the writes of its objects."""
