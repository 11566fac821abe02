"""What the tests share: the database, the world of a workspace, its actors, an HTTP client."""
