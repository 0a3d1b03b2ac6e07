"""Before anybody comes: the lists and the dossiers are read from the start of the desk on, so that no visitor waits for them."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

from echeancier.desk.deadlines.lines import widest
from echeancier.desk.reading.dossiers import Shelf
from echeancier.domain.errors import EcheancierError
from echeancier.engine.errors import EngineError

EVERY: Final = 60.0
"""Seconds between two looks: a list is never older than a page accepts, and a new day is computed before the office opens."""

_log = logging.getLogger(__name__)


async def keep_warm(shelf: Shelf, clock: Callable[[], datetime]) -> None:
    """Read what pages will need, again and again, until cancelled.

    Args:
        shelf: what pages are made from.
        clock: the present instant, aware.
    """
    while True:
        try:
            await shelf.prepare()
            await shelf.lists.upcoming(widest(clock()))
            await shelf.lists.closed()
        except (EcheancierError, EngineError) as error:
            _log.info("nothing could be read ahead: %s", type(error).__name__)
        except Exception:  # noqa: BLE001 - a page will say what is wrong; the next look may find it mended
            _log.exception("could not read ahead")
        await asyncio.sleep(EVERY)
