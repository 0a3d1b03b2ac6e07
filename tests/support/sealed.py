"""Looking at what the engine really keeps: every payload of a history, with what it is sealed by."""

from collections.abc import Iterable, Iterator

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowHistory

OPEN = "search_attributes"


def payloads(message: Message, path: str = "") -> Iterator[tuple[str, Payload]]:
    """Yield every payload of a message with where it stands, search attributes left out: they are never sealed."""
    if isinstance(message, Payload):
        yield path, message
        return
    for descriptor, value in message.ListFields():
        if descriptor.message_type is None or descriptor.name == OPEN:
            continue
        where = f"{path}.{descriptor.name}"
        for one in _each(value):
            if isinstance(one, Message):
                yield from payloads(one, where)


def _each(value: object) -> Iterable[object]:
    if isinstance(value, Message):
        return [value]
    if hasattr(value, "values") and callable(value.values):
        return list(value.values())
    return list(value) if isinstance(value, Iterable) else []


def sealed_by(histories: Iterable[WorkflowHistory]) -> dict[str, set[str]]:
    """Return, for each place of a history where payloads stand, the owners of the keys; « plain » for what is not sealed."""
    found: dict[str, set[str]] = {}
    for history in histories:
        for event in history.events:
            for where, payload in payloads(event):
                key = payload.metadata.get("encryption-key-id", b"plain").decode()
                found.setdefault(where, set()).add(key.partition("/")[0])
    return found
