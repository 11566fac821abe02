"""Templates and sample data for workspaces: data, no logic."""
