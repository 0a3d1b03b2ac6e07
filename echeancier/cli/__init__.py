"""The command line: one folder per family of commands."""

import os

# Before its first model pydantic looks for plugins in every installed package: slow, and none may see our data.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
