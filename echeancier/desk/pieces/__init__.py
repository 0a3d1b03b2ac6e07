"""Papers on file: attached, listed by version, given back."""
