"""Orders on their way to cash: what was ordered, shipped and invoiced."""
