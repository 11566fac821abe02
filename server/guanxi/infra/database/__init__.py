"""Which PostgreSQL the product uses: the embedded one, or the one that DATABASE_URL names."""
