"""Generic REST over every object."""
