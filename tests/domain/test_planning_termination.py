"""Ending early, whole: what was planned is called off, the duties of the end begin; given up, all of it comes back."""

import pytest

from echeancier.domain.agenda.items import State
from echeancier.domain.facts.end import Amended
from echeancier.domain.facts.letters import LetterPosted, NoticeWithdrawn
from echeancier.domain.facts.meetings import MeetingArranged, MeetingHeld
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import NOTICE, at, convention, d, duty, end_duty, item, meeting_duty, seen, signed
from tests.domain.builders_life import Life, life

STARTED = signed("2021-12-15")
MEETING = "point/2022-07"
POSTED = LetterPosted(on=d("2022-07-04"), rule="leave", by="town", reasons="motifs")


def terms() -> Convention:
    """A year with a half-yearly meeting, a yearly report, a notice of one month from sending, data to destroy."""
    return convention(duty=[meeting_duty(), duty()], termination=[NOTICE], end_duty=[end_duty()])


def planned() -> Life:
    """The second meeting of the year is fixed for November; nothing ends yet."""
    lived = life(terms(), STARTED, "2021-12-20").until("2022-06-15")
    lived.record(MeetingHeld(on=d("2022-06-14"), item="point/2022-01"))
    lived.record(MeetingArranged(item=MEETING, starts_at=at("2022-11-15", 10)), when=at("2022-06-20"))
    return lived


def revisions(lived: Life, to: str) -> list[tuple[str, int]]:
    return [(o.meeting.method, o.meeting.sequence) for _, o in lived.to(to) if o.meeting and o.meeting.item == MEETING]


def test_a_notice_calls_off_the_meeting_planned_after_it_and_starts_the_duties_of_the_end() -> None:
    lived = planned()
    lived.record(POSTED, when=at("2022-07-04"))
    for guest in ("coordinator", "referent", "partner"):
        assert revisions(lived, guest) == [("REQUEST", 0), ("CANCEL", 1)]
    lived.until(at("2022-12-31"))
    found = seen(lived.dossier.convention, tuple(lived.dossier.facts), "2022-09-01")
    assert found.ends_on == d("2022-08-04")
    assert item(found, "destruction/town").legal_last_day == d("2022-10-04")
    after = {line.item.split("/")[0] for when, o in lived.sent for line in o.lines if when > at("2022-08-05")}
    assert after == {"destruction", "certificate"}


def test_given_up_by_agreement_the_meeting_is_convened_again_under_its_own_name_and_all_goes_on() -> None:
    lived = planned()
    lived.record(POSTED, when=at("2022-07-04"))
    (letter,) = [r.id for r in lived.dossier.facts if isinstance(r.fact, LetterPosted)]
    lived.record(NoticeWithdrawn(on=d("2022-07-12"), letter=letter), when=at("2022-07-12"))
    assert revisions(lived, "partner") == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]
    assert [o.reason for o in lived.of("ended", "partner")] == ["ended", "goes-on"]
    found = seen(lived.dossier.convention, tuple(lived.dossier.facts), "2022-07-13")
    assert (found.ends_on, item(found, MEETING).state) == (d("2022-12-31"), State.ARRANGED)
    assert item(found, "destruction/town").legal_last_day == d("2023-02-28")


@pytest.mark.parametrize("guest", ["coordinator", "referent", "partner"])
def test_an_amendment_that_shortens_the_term_calls_off_the_meeting_planned_after_the_new_end(
    guest: str,
) -> None:
    lived = planned()
    lived.record(Amended(on=d("2022-07-04"), ends_on=d("2022-09-30")), when=at("2022-07-04"))
    assert revisions(lived, guest) == [("REQUEST", 0), ("CANCEL", 1)]
    found = seen(lived.dossier.convention, tuple(lived.dossier.facts), "2022-07-05")
    assert item(found, "destruction/town").legal_last_day == d("2022-11-30")
