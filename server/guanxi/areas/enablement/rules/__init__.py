"""Pure rules of scripts and materials."""
