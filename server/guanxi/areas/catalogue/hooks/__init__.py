"""What holds of the catalogue, whoever writes it."""
