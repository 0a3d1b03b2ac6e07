"""« Conventions »: the list."""
