"""The manager of accounts of the Opus conventions."""

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.agenda.items import State
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.accounts import AccountsCounted
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.recorded import Recorded
from tests.domain.builders import at, d, item
from tests.domain.examples_seen import agenda_by, days_of, next_id, warned
from tests.examples.oracle import example

FIRST = next_id("sqf-o")


def happened(event: str, day: str) -> Happened:
    return Happened(event=event, on=d(day))


def test_the_written_agreement_is_awaited_from_the_nomination_without_a_day_of_the_text() -> None:
    proposed = happened("account-manager-proposed", "2021-05-08")
    found = item(agenda_by("sqf-o", "2021-05-10", proposed), f"manager-agreement/{FIRST}")
    assert days_of(found) == (None, d("2021-05-10"))
    assert (found.owed_by, found.state, found.certainty) == ("operator", State.OPEN, Certainty.POLICY)


def test_the_agreement_ends_the_wait_and_a_refusal_too() -> None:
    proposed = happened("account-manager-proposed", "2021-05-10")
    agreed = agenda_by("sqf-o", "2021-06-01", proposed, happened("account-manager-agreed", "2021-05-20"))
    refused = agenda_by("sqf-o", "2021-06-01", proposed, happened("account-manager-refused", "2021-05-20"))
    assert item(agreed, f"manager-agreement/{FIRST}").done_on == d("2021-05-20")
    assert item(refused, f"manager-agreement/{FIRST}").state is State.CANCELLED


def test_a_manager_who_left_leaves_an_access_to_close_and_nobody_agreed() -> None:
    found = agenda_by("sqf-o", "2021-05-12", happened("account-manager-left", "2021-05-06"))
    assert item(found, f"manager-access/{FIRST}").state is State.OPEN
    assert "no-account-manager" in warned(found)


def test_a_new_manager_agreed_in_writing_lifts_the_warning() -> None:
    left, agreed = (
        happened("account-manager-left", "2021-05-06"),
        happened("account-manager-agreed", "2021-06-01"),
    )
    assert "no-account-manager" not in warned(agenda_by("sqf-o", "2021-06-02", left, agreed))


def test_more_accounts_than_allowed_are_a_warning_and_as_many_are_not() -> None:
    three, two = (AccountsCounted(on=d("2021-09-01"), number=n) for n in (3, 2))
    assert "too-many-accounts" in warned(agenda_by("sqf-o", "2021-09-02", three))
    assert "too-many-accounts" not in warned(agenda_by("sqf-o", "2021-09-02", two))
    later = AccountsCounted(on=d("2021-10-01"), number=2)
    assert "too-many-accounts" not in warned(agenda_by("sqf-o", "2021-10-02", three, later))


def test_a_text_that_sets_no_limit_warns_of_no_number() -> None:
    terms, records = example("sqf-o")
    manager = terms.account_manager
    assert manager is not None
    unlimited = terms.model_copy(update={"account_manager": manager.model_copy(update={"accounts": None})})
    counted = Recorded(
        id=FIRST, fact=AccountsCounted(on=d("2021-09-01"), number=900), recorded_at=at("2021-09-01"), recorded_by="x"
    )
    known = (*records, counted)
    assert "too-many-accounts" in warned(agenda(terms, known, at("2021-09-02")))
    assert "too-many-accounts" not in warned(agenda(unlimited, known, at("2021-09-02")))
