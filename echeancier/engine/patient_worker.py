"""A worker that waits for a workflow that is slow, and is not waited for without end when it is to stop."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib.metadata import version
from typing import Any, Final

from temporalio.client import Client
from temporalio.worker import Worker

from echeancier.domain.typography import nbsp

GIVEN_BACK_WITHIN = timedelta(seconds=45)
"""How long a worker that stops is waited for: longer than its grace, shorter than what a service manager gives us."""

LEFT_BEHIND: Final = (
    "Arrêt sans attendre davantage : en {} secondes, le robot n’a pas rendu tout ce qu’il avait en main. "
    "Rien de ce qui est enregistré n’est perdu : le prochain démarrage reprend."
)

_TURNS_AT_ONCE: Final = 500
"""As many as the library's own threads: they are begun one by one, as they are needed."""

_log = logging.getLogger(__name__)


class PatientWorker(Worker):
    """The library's worker, on a machine that may swap, be starved, or look for garbage for seconds.

    The library calls a turn of a workflow a deadlock after two seconds: it breaks into its thread and forgets the workflow,
    but does not wait for that thread first. Where it goes on (it was in a long call, or what broke in was caught), two threads
    turn one workflow, which is then never given back: it lives no more, and the worker never ends. There is no public setting.
    Without that guard a slow turn is only slow; beyond ten seconds the engine has it done again, and what never ends is told
    by `Doctor`, which asks the engine.
    """

    def __init__(self, client: Client, *, task_queue: str, **options: Any) -> None:
        # Its own threads would be waited for when it ends, on the event loop: nothing else would move, not even a signal.
        threads = ThreadPoolExecutor(_TURNS_AT_ONCE, thread_name_prefix="workflow")
        # What it is called in the engine: by itself the library reads every module there is to make a name, for a second.
        options.setdefault("build_id", version("echeancier"))
        super().__init__(client, task_queue=task_queue, workflow_task_executor=threads, **options)
        self._threads = threads
        if self._workflow_worker is not None:
            self._workflow_worker._deadlock_timeout_seconds = None  # noqa: SLF001 - a test says whether it still serves

    async def __aexit__(self, exc_type: type[BaseException] | None, *args: object) -> None:
        """Stop, and leave behind what is not given back in time: what is kept is in the engine."""
        try:
            async with asyncio.timeout(GIVEN_BACK_WITHIN.total_seconds()) as limit:
                await super().__aexit__(exc_type, *args)
        except TimeoutError:
            if not limit.expired():
                raise
            seconds = round(GIVEN_BACK_WITHIN.total_seconds())
            _log.error("%s", nbsp(LEFT_BEHIND.format(seconds)))
        finally:
            self._threads.shutdown(wait=False)
