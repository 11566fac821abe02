"""Packs, tested."""
