"""Pure rules of billing: no IO, no clock, no workspace."""
