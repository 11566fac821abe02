"""From a typed filter tree to one parameterised SQL statement."""
