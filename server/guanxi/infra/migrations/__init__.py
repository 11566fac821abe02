"""Migrations of the infrastructure's tables."""
