"""The lists of conventions: what the engine's visibility says of each, without waking any of them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from temporalio.client import WorkflowExecution, WorkflowExecutionStatus
from temporalio.common import SearchAttributeKey, TypedSearchAttributes

from domain.purging.record import PurgeRecord
from workflows import search_attributes as sa


@dataclass(frozen=True)
class Row:
    """One line of a list of conventions, from the engine's visibility; a closed file keeps its last face."""

    reference: str
    status: str
    kind: str
    partner: str
    service: str
    ends_on: date | None
    next_posting_day: date | None
    next_safe_day: date | None
    has_alert: bool
    is_open: bool = True
    purged_on: date | None = None
    follows: str = ""


def purged_row(record: PurgeRecord) -> Row:
    """Return what is left of a purged file; ``purged_on`` stays empty while the purge is under way."""
    return Row(
        reference=record.reference, status="purged", kind="", partner=record.parties[-1] if record.parties else "",
        service="", ends_on=record.ends_on, next_posting_day=None, next_safe_day=None, has_alert=False, is_open=False,
        purged_on=None if record.finished_at is None else record.finished_at.date(),
    )  # fmt: skip


def read_row(execution: WorkflowExecution) -> Row:
    """Read the search attributes of one convention."""
    found: TypedSearchAttributes = execution.typed_search_attributes

    def day(key: SearchAttributeKey[datetime]) -> date | None:
        instant = found.get(key)
        return instant.astimezone(UTC).date() if instant is not None else None

    return Row(
        reference=execution.id.removeprefix("convention-"),
        status=found.get(sa.CONVENTION_STATUS) or "preparation",
        kind=found.get(sa.CONVENTION_KIND) or "",
        partner=found.get(sa.PARTNER) or "",
        service=found.get(sa.SERVICE) or "",
        ends_on=day(sa.END_OF_TERM),
        next_posting_day=day(sa.NEXT_POSTING_DAY),
        next_safe_day=day(sa.NEXT_SAFE_DAY),
        has_alert=bool(found.get(sa.HAS_ALERT)),
        follows=found.get(sa.FOLLOWS_REFERENCE) or "",
        is_open=execution.status is WorkflowExecutionStatus.RUNNING,
    )
