"""Pure rules of forecasts and targets: no IO, no clock, no workspace."""
