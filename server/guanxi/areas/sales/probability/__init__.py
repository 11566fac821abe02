"""How likely opportunities are won, by a model of the workspace's own history."""
