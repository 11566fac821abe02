"""Documents with priced lines: one declaration makes lines priced, added up, limited in discount and locked."""
