"""The dossier that a rehearsal leaves: a page, calendars, a spreadsheet, and a table for the terminal."""

from echeancier.adapters.report.console import console_table
from echeancier.adapters.report.files import write_dossier
from echeancier.adapters.report.story import CapturedMail, Story

__all__ = ["CapturedMail", "Story", "console_table", "write_dossier"]
