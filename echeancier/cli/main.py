"""The process of ``echeancier``: how it begins, and its one way out."""

import gc
import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command of this process and end it: the only way out, whatever the command used."""
    # What is loaded stays: the collector would walk it again and again for nothing. It is back once the command is loaded.
    gc.disable()
    # Before its first model pydantic looks for plugins in every installed package: slow, and none may see our data.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from echeancier.adapters.stores.private import close_to_others  # noqa: PLC0415 - after the above
    from echeancier.cli.commands import run  # noqa: PLC0415 - after the above
    from echeancier.engine.exit import leave  # noqa: PLC0415 - after the above

    close_to_others()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show « é » gets « ? » rather than a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    leave(run(sys.argv[1:]))
