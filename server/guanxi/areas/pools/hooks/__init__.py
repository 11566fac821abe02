"""What holds of pools, their limits and rules, and of the records that lie in them."""
