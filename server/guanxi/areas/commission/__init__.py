"""Commission: plans, runs and statements."""
