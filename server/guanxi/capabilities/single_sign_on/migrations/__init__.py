"""Migrations of the control-plane tables of single sign-on."""
