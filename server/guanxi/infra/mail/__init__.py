"""Outgoing mail: SMTP by one address, or the development outbox."""
