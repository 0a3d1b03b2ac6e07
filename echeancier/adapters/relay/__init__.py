"""Handing mail to a relay, and what became of it."""
