"""What guards signing in: limits on guessing, known devices, second factors, what passwords and sessions must be."""
