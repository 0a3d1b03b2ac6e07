"""The purge of a closed file, answered for."""
