"""What holds of plans, runs, statements and lines."""
