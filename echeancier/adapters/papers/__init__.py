"""Papers to print: letters, the committee's file, certificates."""
