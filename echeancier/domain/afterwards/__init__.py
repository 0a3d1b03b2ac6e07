"""After the end: the convention that follows, and the purge of the file."""
