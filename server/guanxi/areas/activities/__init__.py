"""Notes, tasks, calls and meetings about any record: what we do with customers."""
