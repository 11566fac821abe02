"""The addresses of single sign-on."""
