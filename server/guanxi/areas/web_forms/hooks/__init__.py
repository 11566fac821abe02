"""What web forms hold their configuration and submissions to."""
