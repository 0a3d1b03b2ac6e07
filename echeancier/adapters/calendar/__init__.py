"""Calendar files: invitations, feeds, time zones."""
