"""A rehearsal asked on the desk."""
