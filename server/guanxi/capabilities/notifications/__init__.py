"""Notifications: what the product tells a member in the product itself, about a record or without one."""
