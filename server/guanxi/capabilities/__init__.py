"""Generic powers any area may use: identity, views, files."""
