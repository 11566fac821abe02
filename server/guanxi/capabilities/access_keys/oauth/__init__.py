"""OAuth 2.1: the authorization code grant with PKCE, for apps that administrators registered."""
