"""Who comes in: sign-in, sessions, roles."""
