"""Who signs in, which workspaces they belong to, and what they may do there."""
