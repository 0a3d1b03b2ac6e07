"""An absence, a successor: what is to come goes to whoever reads the mail of a role that day; history keeps the former one."""

from datetime import date

from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.facts.people import Away, RoleChanged
from echeancier.domain.overview.journal import journal
from tests.domain.builders import ADDRESSES, at, convention, d, duty, meeting_duty, signed
from tests.domain.builders_life import Life, days, life

STARTED = signed("2021-12-15")
SUCCESSOR = "nouvelle-agence@operateur.example"


def started(**substitutes: str) -> Life:
    """A monthly delivery that the partner owes, told to the coordinator; a meeting of both."""
    data = duty("data", kind="data", rhythm={"every_months": 1})
    terms = convention(duty=[data, meeting_duty()])
    roles = {
        key: role.model_copy(update={"substitute": substitutes.get(key.replace("-", "_"))})
        for key, role in terms.roles.items()
    }
    return life(terms.model_copy(update={"roles": roles}), STARTED, "2022-01-03").until("2022-02-01")


def away(role: str, on: str, until: str) -> Away:
    return Away(role=role, on=d(on), until=d(until))


def absent() -> Life:
    """The partner is away in March; the function that sends the data stands in."""
    lived = started(partner="partner-data")
    lived.record(away("partner", "2022-03-01", "2022-03-31"))
    return lived


def changed(**more: object) -> Life:
    """The partner is replaced from 14 February on."""
    lived = started()
    change = {"role": "partner", "address": SUCCESSOR, "on": d("2022-02-14"), **more}
    lived.record(RoleChanged.model_validate(change), when=at("2022-02-10"))
    return lived


def at_address(lived: Life, address: str) -> list[date]:
    return days((when, o) for when, o in lived.sent if o.to.address == address)


def within(found: list[date], first: str, last: str) -> list[date]:
    return [day for day in found if d(first) <= day <= d(last)]


def test_while_a_role_is_away_its_mail_goes_to_its_substitute_and_not_to_it() -> None:
    lived = absent().until("2022-04-30")
    assert within(at_address(lived, ADDRESSES["partner"]), "2022-03-01", "2022-03-31") == []
    assert within(at_address(lived, ADDRESSES["partner-data"]), "2022-03-01", "2022-03-31")


def test_before_and_after_an_absence_a_role_gets_its_own_mail() -> None:
    lived = absent().until("2022-04-30")
    assert within(at_address(lived, ADDRESSES["partner"]), "2022-02-01", "2022-02-28")
    assert within(at_address(lived, ADDRESSES["partner"]), "2022-04-01", "2022-04-30")


def test_the_mail_of_an_absence_says_on_whose_behalf() -> None:
    lived = absent().until("2022-04-30")
    for when, order in lived.to("partner-data"):
        in_march = date(2022, 3, 1) <= when.date() <= date(2022, 3, 31)
        assert order.stands_in_for == ((("Fonction partner", d("2022-03-31")),) if in_march else ())


def test_on_the_first_day_of_an_absence_the_substitute_hears_of_what_is_under_way() -> None:
    lived = started(partner="partner-data")
    lived.record(away("partner", "2022-03-23", "2022-03-31"))
    lived.until("2022-03-23")
    when, order = lived.to("partner-data")[0]
    assert when.date() == d("2022-03-23")
    assert "data/2022-03" in [line.item for line in order.lines]


def test_a_role_without_a_substitute_keeps_its_mail() -> None:
    lived = started()
    lived.record(away("partner", "2022-03-01", "2022-03-31"))
    lived.until("2022-03-31")
    assert within(at_address(lived, ADDRESSES["partner"]), "2022-03-01", "2022-03-31")


def test_two_who_stand_in_for_each_other_and_are_both_away_lose_no_mail() -> None:
    lived = started(partner="partner-data", partner_data="partner")
    lived.record(away("partner", "2022-03-01", "2022-03-31"), away("partner-data", "2022-03-01", "2022-03-31"))
    lived.until("2022-03-31")
    both = [ADDRESSES["partner"], ADDRESSES["partner-data"]]
    assert within([day for a in both for day in at_address(lived, a)], "2022-03-01", "2022-03-31")


def test_the_coordinator_away_is_asked_nothing_and_its_substitute_is_the_one_to_ask() -> None:
    lived = started(coordinator="manager")
    lived.record(away("coordinator", "2022-03-01", "2022-03-31"))
    lived.until("2022-03-31")
    asked = {o.ask[1] for when, o in lived.to("partner") if when.date() > d("2022-03-01")}
    assert asked == {ADDRESSES["manager"]}


def test_an_absence_over_before_a_meeting_leaves_its_guests_alone() -> None:
    lived = absent()
    lived.record(MeetingArranged(item="point/2022-01", starts_at=at("2022-04-12", 14)))
    assert ADDRESSES["partner"] in {o.to.address for o in lived.of("invitation")}


def test_an_absence_on_the_day_of_a_meeting_invites_the_substitute_instead() -> None:
    lived = started(partner="partner-data")
    lived.record(MeetingArranged(item="point/2022-01", starts_at=at("2022-03-08", 14)))
    lived.record(away("partner", "2022-03-01", "2022-03-31"))
    assert [o.to.address for o in lived.of("meeting-cancelled")] == [ADDRESSES["partner"]]
    assert lived.of("invitation")[-1].to.address == ADDRESSES["partner-data"]


def test_from_the_day_of_the_change_the_mail_of_a_role_goes_to_its_successor() -> None:
    lived = changed().until("2022-04-30")
    assert max(at_address(lived, ADDRESSES["partner"])) < d("2022-02-14")
    assert min(at_address(lived, SUCCESSOR)) == d("2022-02-14")


def test_the_successor_first_gets_the_opening_message() -> None:
    lived = changed().until("2022-02-14")
    assert [o.kind for _, o in lived.sent if o.to.address == SUCCESSOR] == ["opening"]


def test_a_successor_may_have_another_function_and_another_language() -> None:
    lived = changed(function="Agency office", language="en").until("2022-02-14")
    to = next(o.to for _, o in lived.sent if o.to.address == SUCCESSOR)
    assert (to.role, to.function, to.language) == ("partner", "Agency office", "en")


def test_a_meeting_of_after_the_change_is_the_successor_s() -> None:
    lived = started()
    lived.record(MeetingArranged(item="point/2022-01", starts_at=at("2022-03-08", 14)))
    change = RoleChanged(role="partner", address=SUCCESSOR, on=d("2022-02-14"))
    lived.record(change, when=at("2022-02-10"))
    told = {o.to.address: o.kind for _, o in lived.sent[-3:]}
    assert told[SUCCESSOR] == "invitation"
    assert told[ADDRESSES["partner"]] == "meeting-cancelled"


def test_the_journal_keeps_the_function_that_each_message_was_written_to() -> None:
    lived = changed(function="Nouvelle agence").until("2022-03-31")
    who = {e.who for e in journal(lived.dossier) if e.sort == "message"}
    assert {"Fonction partner", "Nouvelle agence"} <= who


def test_a_change_put_right_readdresses_what_is_to_come() -> None:
    lived = changed()
    other = RoleChanged(role="partner", address="bonne-agence@operateur.example", on=d("2022-02-14"))
    lived.correct("f3", other)
    lived.until("2022-04-30")
    assert at_address(lived, SUCCESSOR) == []
    assert at_address(lived, "bonne-agence@operateur.example")
