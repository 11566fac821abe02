"""The server's tests; their folders mirror the rings."""
