"""Kinds of effects: the ways out of the house."""
