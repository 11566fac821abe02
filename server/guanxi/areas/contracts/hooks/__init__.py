"""What contracts do around the writes of objects."""
