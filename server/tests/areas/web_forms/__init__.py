"""Sales, tested."""
