"""Leads, opportunities on their way through pipelines, and products: what we sell to whom."""
