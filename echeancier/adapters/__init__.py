"""The outside world behind the domain's ports: a folder per subject."""
