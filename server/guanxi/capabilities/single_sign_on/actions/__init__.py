"""The verbs of single sign-on."""
