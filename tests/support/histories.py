"""Recorded histories on disk: JSON whose payloads are opened, compressed."""

import base64
import gzip
import json
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHistory

HISTORIES = Path(__file__).parents[1] / "histories"


def write_history(path: Path, history: WorkflowHistory) -> None:
    """Write a history without the name of the machine that lived it or its paths, nor what each activity was asked.

    The order of a message stands in the plan already, and replay reads neither the input of an activity nor a stack.
    """
    found = json.loads(history.to_json())
    for event in found["events"]:
        for attributes in event.values():
            if isinstance(attributes, dict) and "identity" in attributes:
                attributes["identity"] = "worker"
        event.get("activityTaskScheduledEventAttributes", {}).pop("input", None)
    _forget_stacks(found)
    text = json.dumps(_opened(found), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def text_of_history(path: Path) -> str:
    """Return everything a recorded history says."""
    return gzip.decompress(path.read_bytes()).decode()


def read_history(path: Path) -> WorkflowHistory:
    """Return a recorded history, ready to be replayed."""
    return WorkflowHistory.from_json(path.name.partition(".")[0], _closed(json.loads(text_of_history(path))))


def _forget_stacks(value: Any) -> None:
    if isinstance(value, dict):
        value.pop("stackTrace", None)
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _forget_stacks(one)


def _opened(value: Any) -> Any:
    if isinstance(value, dict):
        if "metadata" in value and "data" in value:
            return {"metadata": value["metadata"], "opened": json.loads(base64.b64decode(value["data"]))}
        return {key: _opened(one) for key, one in value.items()}
    return [_opened(one) for one in value] if isinstance(value, list) else value


def _closed(value: Any) -> Any:
    if isinstance(value, dict):
        if "opened" in value:
            data = json.dumps(value["opened"], separators=(",", ":")).encode()
            return {"metadata": value["metadata"], "data": base64.b64encode(data).decode()}
        return {key: _closed(one) for key, one in value.items()}
    return [_closed(one) for one in value] if isinstance(value, list) else value
