"""From an agenda to what must be done now: which messages, to whom, and when to look again."""
