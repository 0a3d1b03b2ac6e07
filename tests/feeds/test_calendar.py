"""What stands in a feed, for whom, on which day, and under which identity."""

import datetime as dt

import pytest

from echeancier.domain.facts.dossier import MeetingRevision, Message, Withdrawal
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import Amended
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.people import RoleChanged
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.invitations import uid_of
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.feeds.calendar import calendar
from tests.adapters.itip_rules import names, syntax_problems, unfolded
from tests.domain import builders as b
from tests.domain.test_planning_hours import BREACH
from tests.feeds.scene import dossier, entries, feed, made, with_a_meeting
from tests.workflows.terms import FIRST, arranged

CONVENTION = feed("convention", "TEST-1")
PARTNER = feed("person", b.ADDRESSES["partner"])
REPORT = "report/2022.TEST-1@echeancier.example"


def test_a_deadline_stands_on_its_safe_day_and_says_both_days() -> None:
    event = entries(made(CONVENTION, dossier()))[REPORT]
    assert event.start == dt.date(2022, 12, 30)
    assert event.end == dt.date(2022, 12, 31)
    assert "(dernier jour 31/12/2022)" in event["SUMMARY"]
    said = str(event["DESCRIPTION"])
    assert "Jour prudent\u00a0: vendredi\u00a030\u00a0décembre\u00a02022" in said
    assert "Dernier jour permis\u00a0: samedi\u00a031\u00a0décembre\u00a02022 (certain)" in said


def test_english_says_the_same() -> None:
    event = entries(made(feed("convention", "TEST-1", "en"), dossier()))[REPORT]
    assert "(last day 2022-12-31)" in event["SUMMARY"]
    assert "Safe day: Friday\u00a030\u00a0December\u00a02022" in str(event["DESCRIPTION"])


def test_the_file_is_well_formed_and_says_what_it_is() -> None:
    content = made(CONVENTION, with_a_meeting(), coverage="all")
    assert syntax_problems(content) == []
    lines = unfolded(content)
    for line in (
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Échéances et réunions – TEST-1",
        "NAME:Échéances et réunions – TEST-1",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
        "TRANSP:TRANSPARENT",
    ):
        assert line in lines
    assert not {"ORGANIZER", "ATTENDEE", "VALARM"} & set(names(lines))


def test_nothing_personal_stands_in_a_feed() -> None:
    content = made(PARTNER, with_a_meeting(), coverage="all").decode()
    assert "@operateur" not in content
    assert "@ville" not in content
    assert "Fonction" not in content
    assert "téléphone" not in content
    assert CONVENTION.digest[:16] not in content


def test_the_same_dossier_on_the_same_day_gives_the_same_bytes_at_any_hour() -> None:
    contexts = [Context(with_a_meeting(), b.at("2022-02-01", hour), DEFAULT_POLICY) for hour in (0, 9, 23)]

    assert len({calendar(CONVENTION, "all", [ctx]) for ctx in contexts}) == 1


def test_entries_are_dated_by_the_last_thing_recorded_and_numbered_by_how_many() -> None:
    before = entries(made(CONVENTION, dossier()))[REPORT]
    after = entries(made(CONVENTION, dossier(arranged(FIRST, "2022-03-15"), recorded="2022-01-20")))[REPORT]
    assert str(before["DTSTAMP"].dt) == str(before["LAST-MODIFIED"].dt)
    assert after["DTSTAMP"].dt == b.at("2022-01-20")
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_a_date_that_moves_keeps_its_identity() -> None:
    longer = dossier(Amended(on=b.d("2022-01-08"), ends_on=b.d("2023-06-30")))
    before, after = (entries(made(CONVENTION, one)) for one in (dossier(), longer))
    end = "end.TEST-1@echeancier.example"
    assert before[end].start != after[end].start
    assert int(after[end]["SEQUENCE"]) > int(before[end]["SEQUENCE"])


def test_a_meeting_that_has_its_date_is_left_to_its_invitation() -> None:
    assert not any("point/2022-01" in uid for uid in entries(made(CONVENTION, with_a_meeting())))
    assert any("point/2022-01" in uid for uid in entries(made(CONVENTION, dossier())))


def test_the_feed_of_everything_has_the_meeting_under_the_identity_of_its_invitation() -> None:
    invited = with_a_meeting()
    ctx = Context(invited, b.at("2022-02-01"), DEFAULT_POLICY)
    uid = uid_of(ctx, FIRST)
    revision = MeetingRevision(
        item=FIRST, uid=uid, sequence=3, dtstamp=b.at("2022-01-12"), method="REQUEST", starts_at=b.at("2022-03-15"),
        minutes=60, place="", video_link="", guests=(),
    )  # fmt: skip
    invited.outbox.append(
        Message(id="m", kind="invitation", role="partner", address="x@a.example", at=b.at("2022-01-12"), meeting=revision)
    )  # fmt: skip
    event = entries(made(CONVENTION, invited, coverage="all"))[uid]
    assert event.start == b.at("2022-03-15")
    assert (int(event["SEQUENCE"]), event["DTSTAMP"].dt) == (3, b.at("2022-01-12"))
    assert event["TRANSP"] == "OPAQUE"


def test_a_secret_link_to_a_video_meeting_is_not_published() -> None:
    fact = arranged(FIRST, "2022-03-15").model_copy(update={"video_link": "https://visio.example/secret"})
    content = made(CONVENTION, dossier(fact), coverage="all").decode()
    assert "visio.example" not in content
    assert "dans l’invitation" in content.replace("\r\n ", "")


def test_what_is_done_leaves_the_deadlines_and_is_marked_in_the_feed_of_everything() -> None:
    done = dossier(DutyDone(item="report/2022", on=b.d("2022-01-09")))
    assert REPORT not in entries(made(CONVENTION, done))
    event = entries(made(CONVENTION, done, coverage="all"))[REPORT]
    assert str(event["SUMMARY"]).startswith("Fait\u00a0: TEST-1")


def test_what_is_late_says_so() -> None:
    event = entries(made(CONVENTION, dossier(), on="2023-01-05"))[REPORT]
    assert str(event["SUMMARY"]).startswith("En retard\u00a0: TEST-1")


def test_a_function_sees_what_it_answers_for_or_is_told_of_and_the_coordinator_all() -> None:
    ours = dossier(termination=[{**b.NOTICE, "until": "day", "on": "10-31"}])
    partner = set(entries(made(PARTNER, ours)))
    stranger = set(entries(made(feed("person", b.ADDRESSES["partner-data"]), ours)))
    coordinator = set(entries(made(feed("person", b.ADDRESSES["coordinator"]), ours)))
    assert REPORT in partner
    assert any("notice" in uid for uid in coordinator)
    assert not any("notice" in uid for uid in partner)
    assert stranger < coordinator
    assert coordinator == set(entries(made(CONVENTION, ours)))


def test_a_notice_for_any_day_stands_in_no_feed() -> None:
    assert not any("notice" in uid for uid in entries(made(CONVENTION, dossier(), coverage="all")))


def test_the_case_of_an_address_does_not_matter() -> None:
    loud = feed("person", b.ADDRESSES["partner"].upper())
    assert set(entries(made(loud, dossier()))) == set(entries(made(PARTNER, dossier())))


def test_a_new_holder_takes_over_and_the_former_feed_empties() -> None:
    moved = dossier(RoleChanged(role="partner", on=b.d("2022-01-15"), address="nouvelle@operateur.example"))
    assert entries(made(PARTNER, moved)) == {}
    assert REPORT in entries(made(feed("person", "nouvelle@operateur.example"), moved))


def test_a_service_sees_its_conventions_and_no_other() -> None:
    ours, others = dossier(service="Emploi"), dossier(service="Logement", reference="TEST-2")
    found = entries(made(feed("service", "emploi"), ours, others))
    assert {uid.split(".")[-2].partition("@")[0] for uid in found} == {"TEST-1"}


def test_a_convention_withdrawn_as_a_mistake_leaves_every_feed() -> None:

    gone = dossier().model_copy(
        update={"withdrawn": Withdrawal(at=b.at("2022-01-20"), by="coordinator", why="doublon")}
    )
    assert entries(made(CONVENTION, gone)) == {}


@pytest.mark.parametrize(("name", "linked"), [(b.ADDRESSES["coordinator"], True), (b.ADDRESSES["partner"], False)])
def test_the_desk_is_linked_for_our_side_only(name: str, linked: bool) -> None:
    content = made(feed("person", name), dossier(), url="https://conventions.ville.example/")
    urls = {str(event.get("URL", "")) for event in entries(content).values()}
    assert urls == {"https://conventions.ville.example/conventions/TEST-1" if linked else ""}


def test_without_a_public_desk_nothing_is_linked() -> None:
    assert all("URL" not in event for event in entries(made(CONVENTION, dossier())).values())


def test_a_delay_in_hours_says_its_hour_in_the_title() -> None:
    found = b.at("2022-03-10", 19)
    told = Happened(event="breach-found", on=found.date(), at=found)
    one = made(CONVENTION, dossier(told, recorded="2022-03-10", event_duty=[BREACH]), on="2022-03-10")
    summary = next(str(event["SUMMARY"]) for uid, event in entries(one).items() if uid.startswith("breach/"))
    assert "(au plus tard à 7 h)" in summary.replace("\u00a0", " ")
