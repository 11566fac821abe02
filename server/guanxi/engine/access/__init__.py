"""Who may reach which records: actors, their rights, and the one predicate made of them."""
