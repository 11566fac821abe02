"""One module for each kind of field; importing a module registers its kind."""
