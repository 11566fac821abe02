"""Pure rules of contracts: no IO, no clock, no workspace."""
