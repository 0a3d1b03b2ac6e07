"""Whoever gets no answer asks again, as a person would: a busy machine may answer too late, which no test is about."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from echeancier.engine.errors import NoAnswerError

_Answer = TypeVar("_Answer")

_TIMES: Final = 5
_PAUSE: Final = 3
"""Seconds before asking again: where no worker has come yet, the engine says so at once."""


async def insisting(ask: Callable[[], Awaitable[_Answer]]) -> _Answer:
    """Return the answer to what may be asked several times and counts once.

    Raises:
        NoAnswerError: none came after several times.
    """
    for _ in range(_TIMES - 1):
        try:
            return await ask()
        except NoAnswerError:
            await asyncio.sleep(_PAUSE)
    return await ask()
