"""Records: reads, writes with hooks, change log, undo, search."""
