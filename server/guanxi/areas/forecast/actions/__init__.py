"""The verbs of forecasting."""
