"""Signing in through a company's own identity provider, set up by each workspace for itself: OpenID Connect and SAML."""
