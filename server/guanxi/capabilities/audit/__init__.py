"""The audit log for people: what is noted of them, the list, its export, and going over it."""
