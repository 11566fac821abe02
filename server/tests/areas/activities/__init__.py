"""Activities, tested."""
