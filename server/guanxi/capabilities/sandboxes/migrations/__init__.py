"""Schema steps of the control plane."""
