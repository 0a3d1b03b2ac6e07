"""The papers of other kinds live their whole lives on the engine: three of them every day, all with `make long`."""

from pathlib import Path

import pytest

from echeancier.domain.agenda.items import State
from tests.rehearsals.lives import lived
from tests.support.long import LONG

ENDS = {
    "aub-l": "2028-03-14", "trs-c": "2030-12-31", "orl-g": None, "vlm-s": "2029-12-31", "cor-m": "2029-09-01",
    "mfc-f": "2029-12-31", "ors-a": "2028-06-30", "brv-h": None,
}  # fmt: skip
"""Last day in force of each; None of those that nobody sees the end of: an event to come, a renewal without a cap."""

EVERY_DAY = ("aub-l", "trs-c", "orl-g")


@pytest.mark.parametrize("name", ENDS if LONG else EVERY_DAY)
async def test_a_paper_that_everybody_serves_lives_to_its_end_and_nothing_is_late(name: str, tmp_path: Path) -> None:
    seen = await lived(name, tmp_path, answering=True)
    end = seen.agenda.ends_on
    assert seen.life.refused == ()
    assert (seen.life.closed, None if end is None else str(end)) == (ENDS[name] is not None, ENDS[name])
    assert [i.key for i in seen.agenda.items if i.state in (State.LATE, State.MISSED)] == []
    assert [m.id for m in seen.outbox for told in m.told if told.stage == "overdue"] == []
