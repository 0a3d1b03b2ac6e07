"""Calendars that people subscribe to: whom each is for, and what stands in it."""
