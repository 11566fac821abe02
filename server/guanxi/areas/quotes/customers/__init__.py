"""The customer's side of a quote: a page behind a secret address, without an account, and nothing else."""
