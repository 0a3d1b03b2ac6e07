"""A meeting below its quorum does not count: it is to be held again, and its new date reaches the same guests."""

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.agenda.items import Item, State
from echeancier.domain.facts.meetings import MeetingArranged, MeetingHeld
from echeancier.domain.overview.journal import journal
from tests.domain.builders import at, convention, d, meeting_duty, signed
from tests.domain.builders_life import Life, life

KEY = "point/2022-01"


def met(present: int | None, *, quorum: int = 3) -> Life:
    duty = meeting_duty()
    duty["meeting"] = {**duty["meeting"], "quorum": quorum}  # type: ignore[dict-item]
    lived = life(convention(duty=[duty]), signed("2021-12-15"), "2022-01-03")
    lived.until("2022-01-10")
    lived.record(MeetingArranged(item=KEY, starts_at=at("2022-03-08", 14)))
    lived.until("2022-03-09")
    lived.record(MeetingHeld(item=KEY, on=d("2022-03-08"), present=present))
    return lived


def meeting(lived: Life) -> Item:
    found = agenda(lived.dossier.convention, tuple(lived.dossier.facts), lived.now).item(KEY)
    assert found is not None
    return found


def state(lived: Life) -> State:
    return meeting(lived).state


def test_a_meeting_with_its_quorum_is_done() -> None:
    assert state(met(3)) is State.DONE


def test_a_number_that_nobody_gave_is_not_held_against_the_meeting() -> None:
    assert state(met(None)) is State.DONE


def test_without_a_quorum_any_number_keeps_the_duty() -> None:
    assert state(met(1, quorum=0)) is State.DONE


def test_a_meeting_below_its_quorum_has_no_date_any_more_and_is_still_to_be_held() -> None:
    item = meeting(met(2))
    assert (item.state, item.meeting_at) == (State.OPEN, None)


def test_the_journal_says_how_many_were_there_and_how_many_it_takes() -> None:
    assert "2 présents sur les 3 qu’il faut" in journal(met(2).dossier)[-1].what.fr
