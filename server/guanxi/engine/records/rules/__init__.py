"""What a workspace's own rules say of records: judged for writes of every origin, and for forms while they are filled."""
