"""A steering committee is convened with its file: that convention's own, the same for both sides, kept as data."""

from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled
from echeancier.domain.messages.enclosures import pack_in
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain.builders import at, convention, d, meeting_duty, signed
from tests.domain.builders_life import Life, life

KEY = "point/2022-01"


def arranged(day: str) -> MeetingArranged:
    return MeetingArranged(item=KEY, starts_at=at(day, 14))


def started(kind: str = "committee", nudge_days: int = 0) -> Life:
    terms = convention(duty=[meeting_duty(kind=kind)])
    lived = life(terms, signed("2021-12-15"), "2022-01-03")
    lived.policy = DEFAULT_POLICY.model_copy(update={"nudge_days": nudge_days})
    lived.until("2022-01-10")
    return lived


def of_kind(lived: Life, kind: str) -> list[MessageOrder]:
    return [order for _, order in lived.sent if order.kind == kind]


def test_every_guest_of_a_committee_gets_the_same_file() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    files = [order.enclosures for order in of_kind(lived, "invitation")]
    assert len(files) == 3
    assert len({one[0].model_dump_json() for one in files}) == 1


def test_the_file_is_that_of_the_session_it_convenes() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    enclosure = of_kind(lived, "invitation")[0].enclosures[0]
    assert enclosure.filename == "dossier-de-seance-TEST-1-2022-03-08.pdf"
    assert pack_in(enclosure).session.replace("\u00a0", " ") == "mardi 8 mars 2022, 14 h"


def test_what_one_side_prepares_for_itself_is_not_in_it() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    assert pack_in(of_kind(lived, "invitation")[0].enclosures[0]).shared


def test_another_meeting_has_no_file() -> None:
    lived = started(kind="meeting")
    lived.record(arranged("2022-03-08"))
    assert [order.enclosures for order in of_kind(lived, "invitation")] == [(), (), ()]


def test_a_committee_that_moves_brings_a_new_file() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    lived.record(arranged("2022-03-15"), when=at("2022-01-11"))
    moved = of_kind(lived, "meeting-moved")
    assert {order.enclosures[0].filename for order in moved} == {"dossier-de-seance-TEST-1-2022-03-15.pdf"}
    assert pack_in(moved[0].enclosures[0]).until == "11\u00a0janvier\u00a02022"


def test_a_cancellation_brings_none() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    lived.record(MeetingCancelled(item=KEY, on=d("2022-01-11")), when=at("2022-01-11"))
    assert [order.enclosures for order in of_kind(lived, "meeting-cancelled")] == [(), (), ()]


def test_the_last_reminder_brings_the_file_again_once_the_committee_moved() -> None:
    lived = started(nudge_days=5)
    lived.record(arranged("2022-03-08"))
    lived.record(arranged("2022-03-15"), when=at("2022-01-11"))
    lived.until("2022-03-12")
    assert {len(order.enclosures) for order in of_kind(lived, "answers")} == {1}


def test_the_last_reminder_of_a_committee_that_did_not_move_brings_none() -> None:
    lived = started(nudge_days=5)
    lived.record(arranged("2022-03-08"))
    lived.until("2022-03-05")
    assert {len(order.enclosures) for order in of_kind(lived, "answers")} == {0}
