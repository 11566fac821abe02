"""Outside systems, one package each; none knows another."""
