"""Pools: records without an owner that people claim, limits of what they may hold, and rules by which records go back."""
