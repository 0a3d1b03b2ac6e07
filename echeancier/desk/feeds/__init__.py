"""« Abonnements »: secret addresses of calendars."""
