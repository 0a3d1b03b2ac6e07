"""Live a convention from its first fact to the closing of its file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionRequest
from temporalio.client import WorkflowExecutionStatus

from cli.rehearsal.stage import Stage
from domain import facts as f
from domain.agenda import agenda_of, situation
from domain.convention import Convention
from domain.delays import add_months
from domain.dossier import Dossier
from domain.rehearsal.player import Player, lived_until
from domain.words import in_words
from engine.gateway import RefusedError
from workflows.ids import convention_id

Progress = Callable[[datetime, datetime], None]
"""Called with the rehearsed instant and the instant at which the rehearsal is expected to end."""

AFTERMATH_MONTHS = 3
"""How long a convention that nobody answers is watched after its last duty."""


@dataclass(frozen=True)
class Life:
    """What was lived.

    Attributes:
        closed: the file closed by itself; otherwise it still waits for somebody.
        refused: what the door refused on the way, in words.
    """

    dossier: Dossier
    began: datetime
    ended: datetime
    closed: bool
    refused: tuple[str, ...]


async def live(stage: Stage, convention: Convention, player: Player, progress: Progress) -> Life:
    """Play a convention to its end on a stage, and return what was lived."""
    began = stage.instant
    door = stage.conventions
    await door.start(convention, convention.coordinator)
    records: tuple[f.Recorded, ...] = ()
    refused: list[str] = []
    while (move := player.next(records, stage.instant)) is not None:
        await stage.sleep_until(move.at)
        progress(stage.instant, _horizon(convention, records, stage.instant))
        recorded = f.Recorded(
            id=f"f{len(records) + 1}", fact=move.fact, recorded_at=stage.instant, recorded_by=move.by,
            request=move.name or f"played-{len(records) + 1}",
        )  # fmt: skip
        try:
            await door.record(convention.reference, move.fact, move.by, recorded.request)
        except RefusedError as refusal:
            if not move.name:
                raise  # a player's own move must pass: refused again and again, it would never end
            refused.append(f"{in_words(stage.instant.date())} : {refusal}")
            player = player.without(move)
            continue
        records = (*records, recorded)
    horizon = _horizon(convention, records, stage.instant)
    while stage.instant < horizon and await _is_running(stage, convention):
        await stage.sleep_until(min(stage.instant + timedelta(days=30), horizon))
        progress(stage.instant, horizon)
    dossier = await door.dossier(convention.reference)
    closed = not await _is_running(stage, convention)
    last = dossier.closed_at if closed and dossier.closed_at is not None else stage.instant
    return Life(dossier, began, max([last, *(m.at for m in dossier.outbox)]), closed, tuple(refused))


def _horizon(convention: Convention, records: tuple[f.Recorded, ...], now: datetime) -> datetime:
    """Return when nothing more is expected: some months after the last dated thing, or where an unknown end is given up."""
    s = situation(convention, records, now)
    if (stops := lived_until(s)) is not None:
        return datetime.combine(max(stops, now.date()), now.timetz())
    seen = agenda_of(s)
    days = [d for i in seen.items for d in (i.legal_last_day, i.safe_day) if d is not None]
    last = max(days, default=now.date())
    return datetime.combine(add_months(last, AFTERMATH_MONTHS), now.timetz())


async def _is_running(stage: Stage, convention: Convention) -> bool:
    """Asked in the engine's own words: the virtual-clock engine keeps emptied search attributes that the SDK cannot read."""
    client = stage.env.client
    described = await client.workflow_service.describe_workflow_execution(
        DescribeWorkflowExecutionRequest(
            namespace=client.namespace,
            execution=WorkflowExecution(workflow_id=convention_id(convention.reference)),
        )
    )
    return described.workflow_execution_info.status == int(WorkflowExecutionStatus.RUNNING)
