"""A file that is closed: no longer listed, still read, and nothing is added to it."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.relay.capture import CaptureServer
from echeancier.adapters.relay.smtp import SmtpTransport
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.adapters.stores.custody import Custodian
from echeancier.domain.running.clock import CalendarShift
from echeancier.engine.client import connect
from echeancier.engine.codec import codec_of
from echeancier.engine.embedded import NAMESPACE, EmbeddedEngine
from echeancier.engine.gateway import Conventions, utc_now
from tests.support.keys import ring_of, settings_of
from tests.support.running import command
from tests.support.valmont import valmont
from worker import Parts, build_worker

OFFICE_HOURS = datetime(2021, 4, 13, 10, tzinfo=ZoneInfo("Europe/Paris"))
"""A Tuesday: a file closes in office hours only."""


@pytest.fixture
async def directory(tmp_path: Path) -> AsyncIterator[Path]:
    """A running engine that knows « GONE », withdrawn as soon as it was registered, and closed."""
    shift = CalendarShift(OFFICE_HOURS - utc_now())
    terms, _ = valmont(tmp_path, "GONE", date(2021, 6, 1))
    directory = tmp_path / "var"
    async with (
        EmbeddedEngine(directory, fast_timers=True) as engine,
        CaptureServer(directory / "mails") as relay,
    ):
        ring = ring_of(directory)
        client = await connect(engine.address, namespace=NAMESPACE, codec=codec_of(ring))
        carrier = SmtpTransport(SmtpSettings(host=relay.host, port=relay.port, security="none"))
        parts = Parts(settings_of(directory), carrier, shift=shift, vault=ring)
        async with build_worker(client, parts):
            door = Conventions(client, lambda: shift.to_calendar(utc_now()), custody=Custodian(ring, directory))
            await door.start(load_convention(Path(terms)), "agenda")
            await door.withdraw("GONE", "agenda", "doublon")
            async with asyncio.timeout(30):
                while (await door.rows(closed=True))[0].is_open:  # noqa: ASYNC110 - the engine closes it
                    await asyncio.sleep(0.05)
            yield directory


async def test_a_closed_file_leaves_the_list_and_can_still_be_read(directory: Path) -> None:
    listed = (await command(directory, "list", "--json")).json()
    assert listed == []
    with_closed = (await command(directory, "list", "--all", "--json")).json()
    assert [(row["reference"], row["open"]) for row in with_closed] == [("GONE", False)]
    shown = await command(directory, "show", "GONE")
    assert shown.code == 0, shown.err
    assert "Dossier clos le" in shown.out
    journal = await command(directory, "journal", "GONE", "--json")
    assert json.loads(journal.out)["withdrawn"]["why"] == "doublon"


async def test_nothing_is_added_to_a_closed_file_and_the_reason_is_given(directory: Path) -> None:
    told = await command(directory, "withdraw", "GONE", "--why", "encore")
    assert told.code == 2
    assert "enregistrée par erreur et retirée (doublon)" in told.err
