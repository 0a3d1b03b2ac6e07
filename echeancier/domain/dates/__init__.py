"""Dates: calendars, delays, hours, notices, and the rule behind each.

Days in, days out; local civil dates unless said otherwise.
"""
