"""Every message that a workflow hears says itself what it is: a copy of one cannot be sent as another."""

import inspect
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from temporalio import workflow

from echeancier.domain.model import Frozen
from worker import WORKFLOWS


def heard(cls: type) -> list[tuple[str, Any]]:
    """What a workflow of this class is begun with, told and asked to do, and the annotation of each."""
    defn = workflow._Definition.must_from_class(cls)
    handlers = [cls.run, *(s.fn for s in defn.signals.values()), *(u.fn for u in defn.updates.values())]  # type: ignore[attr-defined]
    found = []
    for handler in handlers:
        names = list(inspect.signature(handler).parameters)[1:]
        assert len(names) == 1, f"{handler.__qualname__}: one message, one argument"
        found.append((handler.__qualname__, get_type_hints(handler)[names[0]]))
    return found


MESSAGES = [one for cls in WORKFLOWS for one in heard(cls)]


@pytest.mark.parametrize(("where", "model"), MESSAGES, ids=[where for where, _ in MESSAGES])
def test_a_message_is_a_model_that_says_what_it_is(where: str, model: Any) -> None:
    assert issubclass(model, Frozen), where
    field = model.model_fields["message"]
    assert get_origin(field.annotation) is Literal, where
    assert get_args(field.annotation) == (field.default,), where


def test_no_two_messages_say_the_same() -> None:
    said = [model.model_fields["message"].default for _, model in MESSAGES]
    assert len(said) == len(set(said)), said


@pytest.mark.parametrize("cls", WORKFLOWS)
def test_every_update_is_looked_at_before_it_is_written(cls: type) -> None:
    updates = workflow._Definition.must_from_class(cls).updates
    assert [name for name, update in updates.items() if update.validator is None] == []
