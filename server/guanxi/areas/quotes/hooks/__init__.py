"""Rules that hold of the records of quotes."""
