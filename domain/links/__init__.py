"""One-click links: what a mail offers its reader to say, the token that carries it, and what a click would record. Pure."""
