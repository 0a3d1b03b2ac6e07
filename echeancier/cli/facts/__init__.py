"""Telling what happened: record, correct, and the kinds of facts."""
