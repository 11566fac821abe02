"""Quotes on paper: what is printed, and the document that is made of it."""
