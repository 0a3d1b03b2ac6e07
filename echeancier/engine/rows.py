"""The lists of conventions: what the engine's visibility says of each, without waking any of them."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from temporalio.api.workflow.v1 import WorkflowExecutionInfo
from temporalio.api.workflowservice.v1 import ListWorkflowExecutionsRequest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.common import SearchAttributeKey

from echeancier.domain.afterwards.purge_record import PurgeRecord
from echeancier.domain.characters import visible
from workflows import search_attributes as sa
from workflows.ids import reference_of

ENDED: Final = {
    WorkflowExecutionStatus.FAILED: "échec",
    WorkflowExecutionStatus.TERMINATED: "interruption",
    WorkflowExecutionStatus.TIMED_OUT: "délai dépassé",
    WorkflowExecutionStatus.CANCELED: "annulation",
}
"""How the engine, or whoever speaks to it, ends what did not come to its own end, and how that is said."""

_PAGE = 250
"""Lines asked for at once: reading them takes this process some ten milliseconds."""


@dataclass(frozen=True)
class Row:
    """One line of a list of conventions, from the engine's visibility; a closed file keeps its last face.

    Attributes:
        bound_until: the last day in force; the day until which it binds where it renews itself.
        renews_itself: whether it goes on after that day unless somebody writes.
        last_instant: where hours run, when the first of them are over, at the offset of the place.
        ended: the engine ended it, its file never closed.
    """

    reference: str
    status: str
    kind: str
    partner: str
    service: str
    bound_until: date | None
    next_posting_day: date | None
    next_safe_day: date | None
    has_alert: bool
    is_open: bool = True
    purged_on: date | None = None
    follows: str = ""
    ended: bool = False
    renews_itself: bool = False
    last_instant: datetime | None = None

    @property
    def ends_on(self) -> date | None:
        """The last day in force; None while it is unknown, or while something may still renew the convention."""
        return None if self.renews_itself else self.bound_until


@dataclass
class Listing:
    """What a question to the visibility found.

    Attributes:
        rows: the conventions.
        strangers: ids, as they may be shown, of what somebody else started under the type of a convention and another name.
    """

    rows: list[Row]
    strangers: list[str]


def pressing(row: Row) -> tuple[bool, date, str]:
    """Return what sorts a list: open first, then by the next safe day, then by reference."""
    return (not row.is_open, row.next_safe_day or date.max, row.reference)


def instant_of(published: str) -> datetime | None:
    """Return the instant that was published as text, None where there is none."""
    return datetime.fromisoformat(published) if published else None


def due_by(row: Row, until: date) -> bool:
    """Whether an end, a renewal, a posting day or a safe day falls by ``until``: what `Conventions.upcoming` asks the engine."""
    return any(day and day <= until for day in (row.bound_until, row.next_posting_day, row.next_safe_day))


def purged_row(record: PurgeRecord) -> Row:
    """Return what is left of a purged file; ``purged_on`` stays empty while the purge is under way."""
    return Row(
        reference=record.reference, status="purged", kind="", partner=record.parties[-1] if record.parties else "",
        service="", bound_until=record.ends_on, next_posting_day=None, next_safe_day=None, has_alert=False, is_open=False,
        purged_on=None if record.finished_at is None else record.finished_at.date(),
    )  # fmt: skip


async def listed(client: Client, query: str) -> Listing:
    """Return every workflow of the type of a convention that matches, page by page.

    The engine's answer is read as it is: the client's own reading of a thousand executions decodes every attribute twice
    and holds whatever else this process does, pages and plans, for a fifth of a second.
    """
    found = Listing([], [])
    query = f"WorkflowType = 'Convention' AND {query}"
    asked = ListWorkflowExecutionsRequest(namespace=client.namespace, page_size=_PAGE, query=query)
    while True:
        answer = await client.workflow_service.list_workflow_executions(asked, retry=True)
        for info in answer.executions:
            reference = reference_of(info.execution.workflow_id)
            if reference is None:
                found.strangers.append(visible(info.execution.workflow_id))
            else:
                found.rows.append(read_row(info, reference))
        if not answer.next_page_token:
            return found
        asked.next_page_token = answer.next_page_token


def read_row(info: WorkflowExecutionInfo, reference: str) -> Row:
    """Read the search attributes of one convention."""
    fields, state = info.search_attributes.indexed_fields, WorkflowExecutionStatus(info.status)

    def value(key: SearchAttributeKey[Any]) -> Any:
        found = json.loads(fields[key.name].data) if key.name in fields else None
        return (found[0] if found else None) if isinstance(found, list) else found

    def word(key: SearchAttributeKey[str]) -> str:
        return str(value(key) or "")

    def day(key: SearchAttributeKey[datetime]) -> date | None:
        instant = value(key)
        return datetime.fromisoformat(instant).astimezone(UTC).date() if instant else None

    return Row(
        reference=reference,
        status=word(sa.CONVENTION_STATUS) or "preparation",
        kind=word(sa.CONVENTION_KIND),
        partner=word(sa.PARTNER),
        service=word(sa.SERVICE),
        bound_until=day(sa.END_OF_TERM),
        next_posting_day=day(sa.NEXT_POSTING_DAY),
        next_safe_day=day(sa.NEXT_SAFE_DAY),
        has_alert=bool(value(sa.HAS_ALERT)),
        follows=word(sa.FOLLOWS_REFERENCE),
        renews_itself=bool(value(sa.RENEWS_ITSELF)),
        last_instant=instant_of(word(sa.LAST_INSTANT)),
        is_open=state is WorkflowExecutionStatus.RUNNING,
        ended=state in ENDED,
    )
