"""Customers, tested."""
