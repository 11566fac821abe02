"""The addresses of keys and apps, and the door that calls with a key come through."""
