"""The robot itself: its health, its keys, its clock."""
