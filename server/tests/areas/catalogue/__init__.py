"""The catalogue, tested."""
