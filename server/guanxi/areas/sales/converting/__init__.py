"""What surrounds a conversion: which field goes where, who is there already, and how it is taken back."""
