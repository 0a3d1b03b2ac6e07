"""Échéancier keeps the calendar of partnership conventions. The workflows, activities and worker stand beside this package."""
