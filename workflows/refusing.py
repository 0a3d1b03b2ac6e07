"""A refusal of the domain, as the caller of an update reads it."""

from collections.abc import Iterator
from contextlib import contextmanager

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from echeancier.domain.recording import Refusal

REFUSED = "Refused"
"""Error type of a fact that is not accepted; the message says why and what would be."""

OVERTAKEN = "Overtaken"
"""Error type of a change that was checked against another state of the dossier than the present one."""


def overtaken(seen: int, revision: int) -> ApplicationError:
    """Return the error of whoever must read the dossier again."""
    return ApplicationError(
        f"checked against revision {seen}, the dossier is at {revision}", type=OVERTAKEN, non_retryable=True
    )


@contextmanager
def refusing() -> Iterator[None]:
    """Turn a refusal of the domain into the error the caller reads."""
    try:
        yield
    except Refusal as refusal:
        raise ApplicationError(str(refusal), type=REFUSED, non_retryable=True) from refusal
