"""What is signed each year in a window before a due date."""

import pytest

from echeancier.domain.agenda.items import State
from tests.domain.builders import convention, d, item, recorded, seen, signed

ANNEX = {
    "id": "annex", "title": "Annexe", "title_en": "Annex", "delay": {"months": 1}, "until": "civil-year-end", "owed_by": "town",
    "owed_to": "agency", "clauses": ["A1"],
}  # fmt: skip


@pytest.mark.parametrize(("facts", "state"), [(signed("2022-01-03"), State.LATE), ((), State.WAITING)])
def test_nobody_is_late_for_what_a_convention_not_in_force_yet_would_owe(
    facts: tuple[object, ...], state: State
) -> None:
    terms = convention(window=[ANNEX], term={"ends_on": d("2024-12-31"), "clauses": ["A1"]})
    found = seen(terms, recorded(*facts), "2023-01-10")  # type: ignore[arg-type]
    assert item(found, "annex/2022").state is state
