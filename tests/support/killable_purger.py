"""A worker to kill in the middle of a purge: the real one, which hangs once a step has had its effect.

Arguments: directory of the engine, port of the relay, shift of the calendar in seconds, the step, and a file to write then.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from echeancier.adapters.keys.key_ring import KeyRing
from echeancier.adapters.keys.opening import open_ring
from echeancier.adapters.relay.smtp import SmtpTransport
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.adapters.stores.archive import DirectoryArchive
from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.adapters.stores.mail_drop import MailDrop
from echeancier.domain.running.clock import CalendarShift
from echeancier.engine.client import connect
from echeancier.engine.closed_files import EngineClosedFiles
from echeancier.engine.codec import codec_of
from echeancier.engine.embedded import NAMESPACE
from echeancier.engine.state import running_engine
from tests.support.keys import settings_of
from worker import Parts, serve, stop_when_asked

STEPS: dict[str, tuple[type[Any], str]] = {
    "captured": (MailDrop, "forget"),
    "documents": (DirectoryStore, "remove"),
    "runs": (EngineClosedFiles, "forget"),
    "key": (KeyRing, "destroy"),
    "record": (DirectoryArchive, "open"),
    "certificate": (DirectoryArchive, "keep"),
}


def hang_after(step: str, mark: Path) -> None:
    """Have one step do what it does, write the mark, and never come back."""
    owner, name = STEPS[step]
    former: Callable[..., Any] = getattr(owner, name)

    def stuck(self: Any, *given: Any) -> Any:
        result = former(self, *given)
        if step == "certificate" and "certificat.pdf" not in given[1]:
            return result  # the record and the journal of the beginning
        mark.write_text(step)
        time.sleep(3600)
        return result

    async def stuck_later(self: Any, *given: Any) -> Any:
        await former(self, *given)
        await asyncio.to_thread(mark.write_text, step)
        await asyncio.Event().wait()

    setattr(owner, name, stuck_later if step == "runs" else stuck)


async def main() -> None:
    directory, port, shift, step, mark = sys.argv[1:]
    hang_after(step, Path(mark))
    engine = running_engine(Path(directory))
    assert engine is not None
    settings = settings_of(Path(directory))
    vault = open_ring(settings)
    client = await connect(engine.address, namespace=NAMESPACE, codec=codec_of(vault))
    relay = SmtpTransport(SmtpSettings(host="127.0.0.1", port=int(port), security="none"))
    parts = Parts(settings, relay, vault=vault, shift=CalendarShift(timedelta(seconds=int(shift))))
    await serve(client, parts, stop_when_asked())


if __name__ == "__main__":
    asyncio.run(main())
