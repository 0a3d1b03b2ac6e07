"""Temporal plumbing: the embedded engine, the client, the converter, the namespace, leaving the process."""
