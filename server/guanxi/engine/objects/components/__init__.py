"""Parts of an object that are no fields, such as layouts and rules: one kind is one class, found in a registry."""
