"""A disk that is nearly full is known to all who look for what is stuck: rounds, digest and lists, not only the desk."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from temporalio.testing import ActivityEnvironment

from activities.heartbeat import HeartbeatActivities, RoundRequest
from echeancier.adapters.stores.disk_room import LEAST_FREE
from echeancier.engine.gateway import utc_now
from echeancier.engine.pulse import Pulse
from tests.vault.stage import installation
from tests.workflows.server import eventually
from worker import watch_activities_of


@pytest.mark.parametrize("missing", [0, 1])
async def test_a_disk_nearly_full_is_no_healthy_round_and_is_said_by_the_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: int
) -> None:
    expected = ("disk",) * missing
    async with installation(tmp_path / "var") as place, place.working():
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=LEAST_FREE - missing))

        async def said() -> bool:
            return tuple(trouble.cause for trouble in await place.door.troubles()) == expected

        await eventually(said)
        deeds: Sequence[Any] = watch_activities_of(place.client, place.parts(), Pulse())
        rounds = next(deed.__self__ for deed in deeds if isinstance(deed.__self__, HeartbeatActivities))
        found = await ActivityEnvironment().run(rounds.round, RoundRequest(engine=utc_now()))
        assert tuple(trouble.cause for trouble in found.stuck) == expected
        assert found.is_healthy is not bool(missing)
