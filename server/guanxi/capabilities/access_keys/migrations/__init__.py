"""Migrations of the control-plane tables of keys and apps."""
