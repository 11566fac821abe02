"""Pure rules of customers, on plain values."""
