"""Letters: filled in, read, validated."""
