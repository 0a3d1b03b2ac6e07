"""The dossier of a convention whose workflow answers nothing, read from its history: as it stood at its last plan."""

from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client
from temporalio.converter import ActivitySerializationContext, WorkflowSerializationContext

from activities.plan import PlanRequest
from echeancier.domain.facts.dossier import Dossier
from workflows.ids import convention_id
from workflows.messages import ConventionStart

_PLAN = "plan"


async def last_known(client: Client, reference: str) -> Dossier | None:
    """Return the dossier as the last plan was asked of it, else as the run began; None when nothing can be read."""
    workflow_id = convention_id(reference)
    try:
        history = await client.get_workflow_handle(workflow_id).fetch_history()
        for event in reversed(history.events):
            found = await _read(client, workflow_id, event)
            if found is not None:
                return found
    except Exception:  # noqa: BLE001 - a key that is lost, bytes that a stranger sent, an engine that forgot: there is nothing to read
        return None
    return None


async def _read(client: Client, workflow_id: str, event: HistoryEvent) -> Dossier | None:
    if event.HasField("activity_task_scheduled_event_attributes"):
        asked = event.activity_task_scheduled_event_attributes
        if asked.activity_type.name != _PLAN:
            return None
        place = ActivitySerializationContext(
            namespace=client.namespace, activity_id=asked.activity_id, activity_type=_PLAN, activity_task_queue=None,
            workflow_id=workflow_id, workflow_type="Convention", is_local=False,
        )  # fmt: skip
        (request,) = await client.data_converter.with_context(place).decode(asked.input.payloads, [PlanRequest])
        return request.dossier if isinstance(request, PlanRequest) else None
    if event.HasField("workflow_execution_started_event_attributes"):
        begun = event.workflow_execution_started_event_attributes
        context = WorkflowSerializationContext(namespace=client.namespace, workflow_id=workflow_id)
        (start,) = await client.data_converter.with_context(context).decode(begun.input.payloads, [ConventionStart])
        return start.dossier if isinstance(start, ConventionStart) else None
    return None
