"""The papers of other kinds live their whole lives on the engine: three of them every day, all with `make long`."""

from pathlib import Path

import pytest

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.agenda.items import State
from tests.rehearsals.lives import EXAMPLES, lived
from tests.support.long import LONG

ENDS = {
    "aub-l": "2028-03-14", "trs-c": "2030-12-31", "orl-g": None, "vlm-s": "2029-12-31", "cor-m": "2029-09-01",
    "mfc-f": "2029-12-31", "ors-a": "2028-06-30", "brv-h": None,
}  # fmt: skip
"""Last day in force of each; None of those that nobody sees the end of: an event to come, a renewal without a cap."""

EVERY_DAY = ("aub-l", "trs-c", "orl-g")


def late_in_its_file(name: str) -> set[str]:
    """What the file itself tells of a day after the last one: it was chased meanwhile, and rightly so."""
    terms = load_convention(EXAMPLES / f"{name}.toml")
    known = as_records(load_facts(EXAMPLES / f"{name}.facts.toml"), terms.place.time_zone)
    items = agenda(terms, known, max(record.recorded_at for record in known)).items
    days = ((i.key, i.done_on, i.legal_last_day or i.safe_day) for i in items)
    return {key for key, done, last in days if done is not None and last is not None and done > last}


def test_the_state_and_the_operator_of_the_house_of_services_signed_after_the_day_asked_for() -> None:
    assert late_in_its_file("mfc-f") == {"signature/etat", "signature/operateur"}


@pytest.mark.parametrize("name", ENDS if LONG else EVERY_DAY)
async def test_a_paper_that_everybody_serves_lives_to_its_end_and_nothing_is_late(name: str, tmp_path: Path) -> None:
    seen = await lived(name, tmp_path, answering=True)
    end = seen.agenda.ends_on
    assert seen.life.refused == ()
    assert (seen.life.closed, None if end is None else str(end)) == (ENDS[name] is not None, ENDS[name])
    assert [i.key for i in seen.agenda.items if i.state in (State.LATE, State.MISSED)] == []
    overdue = {told.about for m in seen.outbox for told in m.told if told.stage == "overdue"}
    assert overdue == late_in_its_file(name)
