"""Copies of a workspace in which changes are tried before they are made."""
