"""The object engine: everything is a record of an object, reached through one query language and one access predicate."""
