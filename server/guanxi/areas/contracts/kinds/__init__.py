"""What contracts offer to flows."""
