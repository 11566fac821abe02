"""What forecasting does around the writes of its objects."""
