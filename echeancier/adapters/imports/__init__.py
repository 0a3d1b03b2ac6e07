"""Conventions that exist already, read from a spreadsheet: its columns, its cells, its rows, and their terms."""
