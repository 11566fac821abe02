"""What activities does around the writes of its objects."""
