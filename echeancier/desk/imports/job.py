"""The import under way, if there is one: started once, watched from a page, its outcome kept until the desk closes."""

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import Final

from echeancier.desk.imports.importing import Checked, Report, start_all
from echeancier.desk.reading.register import DeskRegister

KEPT: Final = 8
"""Sheets remembered between their check and their start, and outcomes to read again; the oldest goes first."""


@dataclass
class Job:
    """One sheet, from its check to its outcome; `raw` as it was brought, never written anywhere."""

    name: str
    file: str
    by: str
    report: Report
    raw: bytes
    done: list[Checked] = field(default_factory=list)
    task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Whether it is starting conventions now."""
        return self.task is not None and not self.task.done()

    @property
    def over(self) -> bool:
        """Whether it has started what it could."""
        return self.task is not None and self.task.done()


class Jobs:
    """The sheets of this desk; one starts at a time.

    Args:
        register: where conventions start.
    """

    def __init__(self, register: DeskRegister) -> None:
        self._register = register
        self._jobs: dict[str, Job] = {}

    def add(self, file: str, by: str, report: Report, raw: bytes) -> Job:
        """Remember a sheet that was checked."""
        job = Job(secrets.token_hex(8), file, by, report, raw)
        self._jobs[job.name] = job
        for name in [name for name, one in self._jobs.items() if not one.running][:-KEPT]:
            del self._jobs[name]
        return job

    def get(self, name: str) -> Job | None:
        """Return a sheet, None when it is not remembered any more."""
        return self._jobs.get(name)

    def start(self, job: Job) -> bool:
        """Start what a sheet holds; False when another one is starting, or when it must be put right first."""
        if job.task is not None or not job.report.can_start or any(one.running for one in self._jobs.values()):
            return False
        job.task = asyncio.create_task(self._run(job))
        return True

    async def close(self) -> None:
        """Let the convention being started be started, and no other."""
        tasks = [job.task for job in self._jobs.values() if job.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, job: Job) -> None:
        job.report = await start_all(job.report, self._register, job.by, job.done.append)
