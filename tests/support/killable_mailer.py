"""A worker to kill around the mail of the day: the real one, which hangs once a step of it has had its effect.

Arguments: the step, a file to write then, and those of `killable_worker`. What it hangs in is given up after six seconds.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from activities.daily_mail import DailyMailActivities
from tests.support import killable_worker
from workflows import policies, relatives

SOON = timedelta(seconds=6)


def _hang_after(step: str, hang: Callable[[], None]) -> None:
    former = getattr(DailyMailActivities, step)

    def stuck(self: DailyMailActivities, *given: Any) -> Any:
        former(self, *given)
        hang()

    setattr(DailyMailActivities, step, stuck)


def hang_after_composing(hang: Callable[[], None]) -> None:
    """The mails are written, and the round knows of none."""
    _hang_after("_composed", hang)
    policies.COMPOSE_HEARTBEAT = policies.COMPOSE_TIMEOUT = SOON


def hang_after_settling(hang: Callable[[], None]) -> None:
    """Who was written to is remembered and the bytes are gone, and the round does not know it."""
    _hang_after("_settle", hang)
    policies.REPLY_TIMEOUT = SOON


def hang_after_telling_one(hang: Callable[[], None]) -> None:
    """The round knows that all is settled; one convention is told, the other is not."""
    former = relatives.signal_relative
    heard: list[str] = []

    async def stuck(reference: str, signal: str, what: object) -> bool:
        if signal == "posted" and heard:
            hang()
        heard.append(reference)
        return await former(reference, signal, what)

    relatives.signal_relative = stuck


STEPS = {
    "composed": hang_after_composing,
    "settled": hang_after_settling,
    "told one": hang_after_telling_one,
}


def main() -> None:
    step, mark, *rest = sys.argv[1:]

    def hang() -> None:
        Path(mark).write_text(step)
        time.sleep(3600)

    STEPS[step](hang)
    sys.argv[1:] = rest
    asyncio.run(killable_worker.main())


if __name__ == "__main__":
    main()
