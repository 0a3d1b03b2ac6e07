"""``echeancier feed``: calendars to subscribe to."""
