"""Areas, tested."""
