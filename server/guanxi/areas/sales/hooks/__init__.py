"""What sales does around the writes of its objects."""
