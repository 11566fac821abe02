"""Quotes: what is offered to customers, in versions, and what they answer."""
