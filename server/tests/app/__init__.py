"""Tests of the running product: real processes, real signals, real ports."""
