"""Files of the installation, kept in its data directory."""
