"""Product-free, IO-free building blocks: plain functions on plain values."""
