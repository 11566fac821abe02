"""What is sold and for how much: products, units, taxes, price books, currency rates, discount limits, and lines."""
