"""Uploaded files: stored once, handed out to those who may see a record that refers to them."""
