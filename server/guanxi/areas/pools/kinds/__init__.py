"""Steps of flows that pools offer."""
