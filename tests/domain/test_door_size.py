"""Terms that no paper holds: thousands of dates, a book; and reasons that hide something."""

from datetime import datetime

import pytest

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.recording import Refusal, check_start, check_terms, check_withdrawal
from tests.domain.builders import PARIS, convention, duty

NOW = datetime(2022, 1, 3, 10, tzinfo=PARIS)


def terms(months: int, every: int, count: int) -> dict[str, object]:
    return {
        "term": {"months": months, "clauses": ["A1"]},
        "duty": [duty(rhythm={"every_months": every, "count": count})],
    }


@pytest.mark.parametrize(("months", "every", "count"), [(500, 1, 2), (35, 1, 28), (600, 12, 20)])
def test_a_thousand_due_dates_are_taken(months: int, every: int, count: int) -> None:
    check_start(convention(**terms(months, every, count)), NOW)


@pytest.mark.parametrize(("months", "every", "count"), [(501, 1, 2), (36, 1, 28), (600, 12, 21)])
def test_more_than_a_thousand_are_not(months: int, every: int, count: int) -> None:
    with pytest.raises(Refusal, match="1000 au plus"):
        check_start(convention(**terms(months, every, count)), NOW)


def test_a_book_is_no_convention() -> None:
    clauses = [{"id": f"A{n}", "article": "art.", "says": "x" * 5000} for n in range(1, 101)]
    with pytest.raises(Refusal, match="300000 au plus"):
        check_start(convention(clause=clauses), NOW)


@pytest.mark.parametrize("why", ["a\x1bb", "a\u202eb", "a" * 5001])
def test_a_reason_hides_nothing_and_has_an_end(why: str) -> None:
    kept = Dossier(convention=convention(), registered_at=NOW, registered_by="coordinator")
    with pytest.raises(Refusal, match="la raison"):
        check_withdrawal(kept, why)
    with pytest.raises(Refusal, match="la raison"):
        check_terms(kept, kept.convention, NOW, why)
