"""What orders do around the writes of objects."""
