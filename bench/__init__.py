"""Measures the product on a workspace of a million opportunities, as its least-privileged users."""
