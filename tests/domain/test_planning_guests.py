"""Who is invited changes: the newcomer gets the invitation, the former guest alone a cancellation, the others nothing."""

from echeancier.domain.facts.dossier import FormerTerms
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.messages.order import MessageOrder
from tests.domain.builders import ADDRESSES, at, convention, meeting_duty, signed
from tests.domain.builders_life import Life, life

NEW = "nouvelle-agence@operateur.example"


def invited() -> Life:
    lived = life(convention(duty=[meeting_duty()]), signed("2021-12-15"), "2022-01-03").until("2022-01-10")
    lived.record(MeetingArranged(item="point/2022-01", starts_at=at("2022-03-08", 14)))
    return lived


def with_address(lived: Life, role: str, address: str) -> None:
    terms = lived.dossier.convention
    former = FormerTerms(convention=terms, replaced_at=lived.now, replaced_by="coordinator", why="changement d’adresse")
    roles = {**terms.roles, role: terms.roles[role].model_copy(update={"address": address})}
    lived.dossier.former_terms.append(former)
    lived.dossier.convention = terms.model_copy(update={"roles": roles})
    lived.settle()


def about_the_meeting(lived: Life, since: int) -> dict[str, MessageOrder]:
    return {o.to.address: o for _, o in lived.sent[since:] if o.meeting is not None}


def replaced() -> dict[str, MessageOrder]:
    lived = invited()
    before = len(lived.sent)
    with_address(lived, "partner", NEW)
    return about_the_meeting(lived, before)


def test_the_former_guest_alone_is_told_that_it_is_cancelled_for_him() -> None:
    kinds = {address: order.kind for address, order in replaced().items()}
    assert kinds[ADDRESSES["partner"]] == "meeting-cancelled"
    assert list(kinds.values()).count("meeting-cancelled") == 1


def test_the_cancellation_names_nobody_but_the_former_guest() -> None:
    notice = replaced()[ADDRESSES["partner"]].meeting
    assert notice is not None
    assert (notice.method, [g.address for g in notice.guests]) == ("CANCEL", [ADDRESSES["partner"]])


def test_the_former_guest_reads_that_the_meeting_takes_place_without_him() -> None:
    assert replaced()[ADDRESSES["partner"]].reason == "not-invited"


def test_a_guest_who_joins_as_the_meeting_moves_is_invited_and_not_told_of_a_move() -> None:
    lived = invited()
    lived.now = at("2022-01-15", 22)
    with_address(lived, "partner", NEW)
    before = len(lived.sent)
    lived.record(MeetingArranged(item="point/2022-01", starts_at=at("2022-03-15", 14)))
    lived.until("2022-01-20")
    kinds = {address: order.kind for address, order in about_the_meeting(lived, before).items()}
    assert kinds[NEW] == "invitation"
    assert kinds[ADDRESSES["referent"]] == "meeting-moved"


def test_the_new_guest_is_invited() -> None:
    order = replaced()[NEW]
    assert order.kind == "invitation"
    assert order.meeting is not None
    assert NEW in [g.address for g in order.meeting.guests]


def test_the_other_guests_are_left_in_peace_and_the_chair_gets_the_list() -> None:
    assert set(replaced()) == {ADDRESSES["partner"], NEW, ADDRESSES["coordinator"]}


def test_a_guest_replaced_is_told_once() -> None:
    lived = invited()
    with_address(lived, "partner", NEW)
    before = len(lived.sent)
    lived.until("2022-02-15")
    assert about_the_meeting(lived, before) == {}


def test_a_meeting_moved_after_a_replacement_reaches_the_guests_of_today() -> None:
    lived = invited()
    with_address(lived, "partner", NEW)
    before = len(lived.sent)
    lived.record(MeetingArranged(item="point/2022-01", starts_at=at("2022-03-15", 14)), when=at("2022-01-20"))
    moved = about_the_meeting(lived, before)
    assert set(moved) == {ADDRESSES["coordinator"], ADDRESSES["referent"], NEW}
    assert {o.meeting.sequence for o in moved.values() if o.meeting} == {1}


def test_an_invitation_put_off_is_not_dropped_because_another_guest_changed() -> None:
    def answer(order: MessageOrder) -> str:
        return "deferred" if order.to.role == "referent" else "accepted"

    lived = invited()
    lived = life(lived.dossier.convention, signed("2021-12-15"), "2022-01-03", answer=answer).until("2022-01-10")
    lived.record(MeetingArranged(item="point/2022-01", starts_at=at("2022-03-08", 14)))
    with_address(lived, "partner", NEW)
    statuses = [m.status for m in lived.dossier.outbox if m.meeting is not None and m.role == "referent"]
    assert statuses == ["deferred"]
