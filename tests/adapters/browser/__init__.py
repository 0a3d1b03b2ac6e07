"""Mails as a real browser shows them."""
