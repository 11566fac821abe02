"""Targets and forecasts: what is to be reached, what is likely to come, and how far earlier forecasts were off."""
