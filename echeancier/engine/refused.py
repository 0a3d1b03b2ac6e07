"""What becomes of a payload that could not be opened where it was received: refused there, and nothing stops for it.

The codec puts a mark in its place. What was asked of a workflow is then refused as a whole: the SDK drops a signal and
writes it to the log, refuses an update, fails a query. A start that is not ours ends at once. What an activity is said to
have answered counts as no answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cache
from typing import Any, Self

from pydantic import BaseModel
from temporalio import workflow
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import (
    ActivitySerializationContext,
    DefaultFailureConverterWithEncodedAttributes,
    EncodingPayloadConverter,
    PayloadConverter,
    SerializationContext,
    WithSerializationContext,
)
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    HandleSignalInput,
    HandleUpdateInput,
    Interceptor,
    StartActivityInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)

from echeancier.domain.errors import EcheancierError
from echeancier.domain.running.keys import KeyGoneError

NOT_SEALED = "NotSealed"
"""Error type of what did not come from us."""

_ENCODING = "binary/refused"
_STRANGE = "strange"


class StrangeError(EcheancierError):
    """A payload that is surely not ours where it was found: not sealed, or sealed for another place."""


class NotSealedError(ApplicationError, EcheancierError):
    """What was received is surely not ours; it would end a workflow that is begun with it, and is words for a person."""


class RefusedPayload:
    """Stands for what an activity is said to be asked, or to have answered: an error there would stop the workflow."""

    def __init__(self, why: str) -> None:
        self.why = why


def marker(error: EcheancierError) -> Payload:
    """Return the payload that stands for one that was refused."""
    kind = _STRANGE if isinstance(error, StrangeError) else ""
    return Payload(metadata={"encoding": _ENCODING.encode(), "kind": kind.encode()}, data=str(error).encode())


class _Refusals(EncodingPayloadConverter, WithSerializationContext):
    """Reads the mark: an error for whoever asked, which only ends a workflow when its very start is not ours."""

    def __init__(self, *, of_activity: bool = False) -> None:
        self._of_activity = of_activity

    def with_context(self, context: SerializationContext) -> Self:
        return type(self)(of_activity=isinstance(context, ActivitySerializationContext))

    @property
    def encoding(self) -> str:
        return _ENCODING

    def to_payload(self, value: Any) -> Payload | None:  # noqa: ARG002 - nothing is ever written like this
        return None

    def from_payload(self, payload: Payload, type_hint: type | None = None) -> Any:  # noqa: ARG002
        why = payload.data.decode()
        if self._of_activity:
            return RefusedPayload(why)
        if payload.metadata["kind"] == _STRANGE.encode():
            raise NotSealedError(why, type=NOT_SEALED, non_retryable=True)
        # Perhaps a key that was lost, and may come back: what waits for it must not end.
        raise KeyGoneError(why)


class SealedPayloads(PydanticPayloadConverter):
    """Pydantic models as JSON, and the marks of what was refused.

    The library makes two for each payload of a workflow: what they need is made once.
    """

    def __init__(self, *, of_activity: bool = False) -> None:  # not the library's own, which makes everything anew
        """Read the marks too."""
        self._set_converters(*_usual(), _Refusals(of_activity=of_activity))

    def with_context(self, context: SerializationContext) -> Self:
        """Return what reads the marks for whom they are: a workflow, or an activity."""
        return type(self)(of_activity=isinstance(context, ActivitySerializationContext))


@cache
def _usual() -> tuple[EncodingPayloadConverter, ...]:
    return tuple(PydanticPayloadConverter().converters.values())


class SealedFailures(DefaultFailureConverterWithEncodedAttributes):
    """Failures whose message and stack are sealed, and whose type counts only if it was sealed with them.

    What decides (« refused for good », « lost ») would else be a word that anybody may write beside a sealed message.
    """

    def to_failure(self, exception: BaseException, payload_converter: PayloadConverter, failure: Failure) -> None:
        """Seal the type with the message."""
        super().to_failure(exception, payload_converter, failure)
        if failure.HasField("application_failure_info"):
            known = payload_converter.from_payloads([failure.encoded_attributes])[0]
            sealed = known | {"decides": _decides(failure)}
            failure.encoded_attributes.CopyFrom(payload_converter.to_payloads([sealed])[0])

    def from_failure(self, failure: Failure, payload_converter: PayloadConverter) -> BaseException:
        """Believe a failure of ours; of any other, only that there was one."""
        if failure.HasField("application_failure_info") and not _is_ours(failure, payload_converter):
            return ApplicationError("Un échec non scellé ne vient pas d’Échéancier.", type=NOT_SEALED)
        return super().from_failure(failure, payload_converter)


def _decides(failure: Failure) -> list[object]:
    said = failure.application_failure_info
    return [said.type, said.non_retryable]


def _is_ours(failure: Failure, payload_converter: PayloadConverter) -> bool:
    try:
        known = payload_converter.from_payloads([failure.encoded_attributes])[0]
    except Exception:  # noqa: BLE001 - a stranger's bytes may be anything
        return False
    return isinstance(known, dict) and known.get("decides") == _decides(failure)


class RefusingAnswers(Interceptor):
    """Has a worker do nothing that is not asked by us, and take an answer that is not ours for a failure of the activity."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002 - the SDK's name
        """Stand before the activities."""
        return _Asked(next)

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002, ARG002 - the SDK's name
    ) -> type[WorkflowInboundInterceptor]:
        """Stand behind the workflows."""
        return _Inbound


class _Asked(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002 - the SDK's name
        for argument in input.args:
            if isinstance(argument, RefusedPayload):
                raise ApplicationError(argument.why, type=NOT_SEALED, non_retryable=True)
        return await super().execute_activity(input)


class _Inbound(WorkflowInboundInterceptor):
    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        super().init(_Outbound(outbound))

    async def handle_signal(self, input: HandleSignalInput) -> None:  # noqa: A002 - the SDK's name
        if _is_one_message(input.args):
            await super().handle_signal(input)
        else:
            workflow.logger.warning("a signal %s that is not ours is dropped", input.signal)

    def handle_update_validator(self, input: HandleUpdateInput) -> None:  # noqa: A002 - the SDK's name
        if not _is_one_message(input.args):
            raise ApplicationError("not a message of ours", type=NOT_SEALED, non_retryable=True)
        super().handle_update_validator(input)


def _is_one_message(args: Sequence[object]) -> bool:
    """Return whether a handler is called as it expects: with one of our models.

    None, two or no argument at all reach it unchecked by the SDK, and its error would fail the task for ever.
    """
    return len(args) == 1 and isinstance(args[0], BaseModel)


class _Outbound(WorkflowOutboundInterceptor):
    def start_activity(self, input: StartActivityInput) -> Any:  # noqa: A002 - the SDK's name
        return asyncio.create_task(_believed(super().start_activity(input), input.activity))


async def _believed(handle: asyncio.Task[Any], name: str) -> Any:
    answer = await handle
    if isinstance(answer, RefusedPayload):
        raise ActivityError(
            answer.why, scheduled_event_id=0, started_event_id=0, identity="", activity_type=name,
            activity_id="", retry_state=None,
        ) from ApplicationError(answer.why, type=NOT_SEALED)  # fmt: skip
    return answer
