"""What survives the end lasts as long as the text says, counted from the last day in force, whatever that becomes."""

from typing import Any

from echeancier.domain.agenda.items import Item, State
from echeancier.domain.facts.end import Amended
from tests.domain.builders import convention, d, recorded, seen, signed

SECRET: dict[str, Any] = {"id": "secret", "text": "Confidentialité", "text_en": "Secrecy", "clauses": ["A1"]}


def _lasting(today: str, *more: Any, **changes: object) -> Item | None:
    terms = convention(survival=[{**SECRET, "during": {"years": 2}, **changes}])
    return seen(terms, recorded(*signed("2022-01-03"), *more), today).item("secret")


def test_it_lasts_so_long_after_the_last_day_in_force() -> None:
    states = {}
    for today in ("2022-06-01", "2023-01-01", "2024-12-31", "2025-01-01"):
        found = _lasting(today)
        assert found is not None
        assert found.legal_last_day == d("2024-12-31")
        states[today] = found.state
    assert [*states.values()] == [State.UPCOMING, State.RUNNING, State.RUNNING, State.ELAPSED]
    assert found is not None
    assert found.trace == "fin le 31/12/2022 + 2\u00a0ans → 31/12/2024"


def test_it_moves_with_the_end() -> None:
    found = _lasting("2022-06-01", Amended(on=d("2022-05-01"), ends_on=d("2023-02-28"), label="avenant 1", number=1))
    assert found is not None
    assert found.legal_last_day == d("2025-02-28")


def test_without_a_time_it_has_no_day() -> None:
    assert _lasting("2022-06-01", during=None) is None
