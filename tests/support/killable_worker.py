"""A worker to kill: the real one, its calendar set to a given day, perhaps stuck once the relay has accepted.

Arguments: directory of the engine, port of the relay, shift of the calendar in seconds, and a file to write when
the relay has accepted a message, if the worker must then hang before it can say so; after it ``before``, and the worker
hangs when the content is about to leave, never having said so, or ``written``, and it never speaks to the relay.
"""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from echeancier.adapters.keys.opening import open_ring
from echeancier.adapters.relay.smtp import SmtpTransport
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.domain.messages.mail import Delivery
from echeancier.domain.ports import Leaving, MailTransport, unheard
from echeancier.domain.running.clock import CalendarShift
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.engine.client import connect
from echeancier.engine.codec import codec_of
from echeancier.engine.embedded import NAMESPACE
from echeancier.engine.state import running_engine
from tests.support.keys import settings_of
from worker import Parts, serve, stop_when_asked


class StuckOnceAccepted:
    """Hands the mail over for good, then never comes back."""

    def __init__(self, relay: MailTransport, mark: Path) -> None:
        self._relay, self._mark = relay, mark

    async def deliver(self, raw: bytes, envelope_from: str, recipient: str, leaving: Leaving = unheard) -> Delivery:
        delivery = await self._relay.deliver(raw, envelope_from, recipient, leaving)
        self._mark.write_text(delivery.outcome)
        await asyncio.Event().wait()
        return delivery

    async def trouble(self) -> str:
        return await self._relay.trouble()


class StuckBefore(StuckOnceAccepted):
    """Gets as far as the word before the content, and never says that it leaves."""

    async def deliver(self, raw: bytes, envelope_from: str, recipient: str, leaving: Leaving = unheard) -> Delivery:
        async def stuck() -> None:
            self._mark.write_text("about to leave")
            await asyncio.Event().wait()

        del leaving
        return await self._relay.deliver(raw, envelope_from, recipient, stuck)


class StuckWritten(StuckOnceAccepted):
    """Never speaks to the relay: the mail is written, and waits."""

    async def deliver(self, raw: bytes, envelope_from: str, recipient: str, leaving: Leaving = unheard) -> Delivery:
        del raw, envelope_from, recipient, leaving
        self._mark.write_text("written")
        await asyncio.Event().wait()
        raise AssertionError("it waits for ever")


WAYS = {"": StuckOnceAccepted, "before": StuckBefore, "written": StuckWritten}


async def main() -> None:
    directory, port, shift, *mark = sys.argv[1:]
    engine = running_engine(Path(directory))
    assert engine is not None
    settings = settings_of(Path(directory))
    vault = open_ring(settings)
    client = await connect(engine.address, namespace=NAMESPACE, codec=codec_of(vault))
    relay: MailTransport = SmtpTransport(SmtpSettings(host="127.0.0.1", port=int(port), security="none"))
    if mark:
        relay = WAYS["".join(mark[1:])](relay, Path(mark[0]))
    at_once = DEFAULT_POLICY.model_copy(update={"one_mail_a_day": True, "gather_minutes": 0})
    parts = Parts(settings, relay, at_once, vault=vault, shift=CalendarShift(timedelta(seconds=int(shift))))
    await serve(client, parts, stop_when_asked())


if __name__ == "__main__":
    asyncio.run(main())
