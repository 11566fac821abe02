"""Companies, contacts, their affiliations and tags: who we deal with."""
