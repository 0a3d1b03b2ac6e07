"""The weekly digest: one mail per person who runs or answers for conventions."""
