"""Rules that hold at every write of scripts and materials."""
