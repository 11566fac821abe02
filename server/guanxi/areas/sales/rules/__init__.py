"""Pure rules of sales, on plain values."""
