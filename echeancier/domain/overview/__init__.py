"""What is shown of conventions: what is to be done, the journal, the digest, the feeds."""
