"""Mailboxes that a workspace connects: mails that arrive there become messages, and set flows off."""
