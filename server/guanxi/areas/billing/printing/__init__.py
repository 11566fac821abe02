"""Statements of account on paper."""
