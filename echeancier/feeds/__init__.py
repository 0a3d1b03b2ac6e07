"""Calendars to subscribe to: an application of its own, which shares neither session nor pages with the desk."""
