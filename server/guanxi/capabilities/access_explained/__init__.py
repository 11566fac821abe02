"""Access in words: who sees a record and why, what somebody may do in sum, and what a change of access would do."""
