"""Field kinds: one class a kind, found by its key in the registry."""
