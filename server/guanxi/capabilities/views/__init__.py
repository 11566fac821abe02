"""Saved views: how somebody, or everybody, looks at the records of an object."""
