"""What happened that changes what runs, in words for those it concerns."""
