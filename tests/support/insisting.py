"""Whoever gets no answer asks again, as a person would: a busy machine may answer too late, which no test is about."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from echeancier.engine.errors import NoAnswerError

_Answer = TypeVar("_Answer")

_TIMES = 5


async def insisting(ask: Callable[[], Awaitable[_Answer]]) -> _Answer:
    """Return the answer to what may be asked several times and counts once.

    Raises:
        NoAnswerError: none came after several times.
    """
    for _ in range(_TIMES - 1):
        try:
            return await ask()
        except NoAnswerError:
            continue
    return await ask()
