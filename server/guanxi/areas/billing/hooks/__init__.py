"""What billing does around the writes of its objects."""
