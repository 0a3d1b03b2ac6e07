"""Leaving the process with its own exit code, every time."""

from __future__ import annotations

import logging
import os
import sys
from typing import NoReturn

OUTPUT_LOST = os.EX_IOERR
"""Code given instead of 0 when what was printed could not be written out (disk full, for example)."""


def leave(code: int) -> NoReturn:
    """Flush what was said, then end the process at once with `code`.

    A process that used a Temporal client or worker may abort while the interpreter shuts down, after its work
    is done: the SDK's native threads then meet an interpreter that is going away (temporalio/sdk-python
    issue 300). So the interpreter's own shutdown is skipped: `atexit` functions and destructors do not run.
    Close what must be closed before calling this, and call it from one place, the end of the program.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except BrokenPipeError:
            pass  # the reader left first (`echeancier … | head`): its choice, not our failure
        except (OSError, ValueError):
            code = code or OUTPUT_LOST
    logging.shutdown()
    os._exit(code)
