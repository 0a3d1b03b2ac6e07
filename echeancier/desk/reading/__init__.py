"""What the desk reads of the running conventions, and keeps for a moment."""
