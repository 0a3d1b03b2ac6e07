"""The series that begin, one convention after the other, watched from a page; what did not begin is done again from there."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from echeancier.desk.reading.register import DeskRegister
from echeancier.desk.series.checking import CheckedRow
from echeancier.desk.series.pattern import SeriesPattern
from echeancier.desk.started_once import start_once
from echeancier.domain.errors import EcheancierError
from echeancier.domain.model import Text
from echeancier.engine.errors import EngineError

KEPT: Final = 8
"""Series remembered, the oldest going first: outcomes to read again."""

WHY: Final = "la délibération autorise plusieurs conventions : chacune la nomme de même"
"""Why the terms of the first one are put right."""


class RowOutcome(StrEnum):
    """How a convention of a series stands."""

    STARTED = "started"
    THERE = "there"
    FAILED = "failed"
    LEFT = "left"

    @property
    def stands(self) -> bool:
        """Whether it is registered."""
        return self in (RowOutcome.STARTED, RowOutcome.THERE)


OUTCOMES: Final = {
    RowOutcome.STARTED: Text(fr="commencée", en="started"),
    RowOutcome.THERE: Text(fr="déjà là, à l’identique", en="there already, the same"),
    RowOutcome.FAILED: Text(fr="non commencée", en="not started"),
    RowOutcome.LEFT: Text(fr="pas encore demandée", en="not asked yet"),
}
"""How a convention stands, in words."""


@dataclass
class SeriesJob:
    """One series that begins.

    Attributes:
        done: how each convention stands, with why, in the order of the rows.
        named: why the deliberation could not be named in the first convention, empty when it could or was.
    """

    name: str
    pattern: SeriesPattern
    rows: tuple[CheckedRow, ...]
    by: str
    done: list[tuple[RowOutcome, str]] = field(default_factory=list)
    named: str = ""
    task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Whether it begins conventions now."""
        return self.task is not None and not self.task.done()

    def count(self, outcome: RowOutcome) -> int:
        """How many stand so."""
        return sum(one == outcome for one, _ in self.outcomes)

    @property
    def outcomes(self) -> tuple[tuple[RowOutcome, str], ...]:
        """How each row stands, those not asked yet too."""
        return (*self.done, *(((RowOutcome.LEFT, ""),) * (len(self.rows) - len(self.done))))

    @property
    def left(self) -> tuple[CheckedRow, ...]:
        """The rows that did not begin."""
        return tuple(row for row, (one, _) in zip(self.rows, self.outcomes, strict=True) if not one.stands)


class SeriesJobs:
    """The series of this desk.

    Args:
        register: where conventions start.
    """

    def __init__(self, register: DeskRegister) -> None:
        self._register = register
        self._jobs: dict[str, SeriesJob] = {}

    def begin(self, pattern: SeriesPattern, rows: Sequence[CheckedRow], by: str) -> SeriesJob:
        """Begin every convention of a series that was checked."""
        job = SeriesJob(secrets.token_hex(8), pattern, tuple(rows), by)
        self._jobs[job.name] = job
        for name in [name for name, one in self._jobs.items() if not one.running][:-KEPT]:
            del self._jobs[name]
        job.task = asyncio.create_task(self._run(job))
        return job

    def get(self, name: str) -> SeriesJob | None:
        """Return a series, None when it is not remembered any more."""
        return self._jobs.get(name)

    async def close(self) -> None:
        """Let the convention being started be started, and no other."""
        tasks = [job.task for job in self._jobs.values() if job.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, job: SeriesJob) -> None:
        try:
            await self._name(job)
        except (EcheancierError, EngineError) as error:
            job.named = str(error)
            return
        for row in job.rows:
            try:
                job.done.append(await self._begun(row, job.by))
            except EngineError as error:  # whoever is asked next would not answer either
                job.done.append((RowOutcome.FAILED, str(error)))
                return

    async def _name(self, job: SeriesJob) -> None:
        """Give the deliberation of the first convention the name by which the others cite it, once."""
        wanted = job.pattern.convention
        if job.pattern.named_now and (await self._register.dossier(wanted.reference)).convention != wanted:
            await self._register.correct_terms(wanted, job.by, WHY)

    async def _begun(self, row: CheckedRow, by: str) -> tuple[RowOutcome, str]:
        if row.there:
            return RowOutcome.THERE, ""
        assert row.convention is not None  # noqa: S101 - a series that begins was checked
        try:
            begun = await start_once(self._register, row.convention, by)
        except EcheancierError as error:
            return RowOutcome.FAILED, str(error)
        return (RowOutcome.STARTED if begun else RowOutcome.THERE), ""
