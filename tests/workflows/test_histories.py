"""Conventions begun under every version so far are carried on by the code of today.

To record the histories again, while no version is released: ``python -m tests.record_histories`` (``docs/versioning.md``).
"""

from pathlib import Path

import pytest
from temporalio.workflow import NondeterminismError

from tests.support.histories import HISTORIES, read_history, text_of_history
from tests.support.privacy import findings
from tests.support.replaying import replay

RECORDED = sorted(HISTORIES.glob("*.json.gz"))
LIVES = {"whole-life", "early-end", "withdrawn", "relay-trouble", "mail-of-the-day"}


def test_each_life_is_recorded() -> None:
    assert {path.name.partition(".")[0] for path in RECORDED} >= LIVES


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name)
async def test_a_recorded_history_replays_on_the_code_of_today(path: Path) -> None:
    await replay(read_history(path))


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name)
def test_a_recorded_history_names_nobody_real(path: Path) -> None:
    assert list(findings(text_of_history(path))) == []


async def test_a_history_without_one_of_its_messages_is_not_that_of_this_code() -> None:
    history = read_history(next(path for path in RECORDED if path.name.startswith("early-end.2")))
    sent = next(e for e in history.events if e.HasField("activity_task_scheduled_event_attributes"))
    sent.activity_task_scheduled_event_attributes.activity_type.name = "post-a-letter"
    with pytest.raises(NondeterminismError):
        await replay(history)
