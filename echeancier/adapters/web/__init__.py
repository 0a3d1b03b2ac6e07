"""Serving and calling: HTTP server, rate limits, public addresses, the outside monitor."""
