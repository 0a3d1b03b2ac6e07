"""The purge of a file at its own date: when, who decides, what is left of it."""
