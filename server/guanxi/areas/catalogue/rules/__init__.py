"""Pure rules of prices and lines."""
