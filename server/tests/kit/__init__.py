"""The kit, tested."""
