"""The business: one package per area, each wired by its own register.py."""
