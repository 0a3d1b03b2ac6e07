"""Who hears what, when, and by which way: decided here, for every mail and every page."""
