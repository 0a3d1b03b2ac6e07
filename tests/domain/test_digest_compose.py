"""Who gets a digest this morning, and what stands in it."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.meetings import MeetingHeld
from echeancier.domain.facts.people import Away
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.signing import ContractPublicised
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.digest import Digest, Robot, SectionName
from echeancier.domain.messages.order import Asked, MessageOrder
from echeancier.domain.model import Text
from echeancier.domain.overview.digest import MOST, digests, left_to_say
from echeancier.domain.overview.digest_day import DigestHours
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.adapters.orders import line, order
from tests.domain import builders as b
from tests.domain.test_planning_hours import BREACH
from tests.workflows.terms import terms

MONDAY = "2022-09-05"
COORDINATOR, MANAGER, REFERENT = b.ADDRESSES["coordinator"], b.ADDRESSES["manager"], b.ADDRESSES["referent"]
PARTNER = b.ADDRESSES["partner"]
UNREADABLE = Robot(unreadable=("IDA-O",))


def dossier(*facts: Fact, **changes: object) -> Dossier:
    records = [
        Recorded(id=f"f{n}", fact=fact, recorded_at=b.at("2021-12-20"), recorded_by="coordinator")
        for n, fact in enumerate((*b.signed("2021-12-15"), *facts), 1)
    ]
    return Dossier(
        convention=terms(**changes),
        registered_at=b.at("2021-12-20"),
        registered_by="coordinator",
        facts=records,
    )


def quiet(**changes: object) -> Dossier:
    """A convention that owes nothing until its end: its signature was made public."""
    return dossier(
        ContractPublicised(on=b.d("2021-12-20")),
        duty=[],
        one_off=[],
        event_duty=[],
        end_duty=[],
        question=[],
        **changes,
    )


def made(
    *dossiers: Dossier,
    extra: tuple[str, ...] = (),
    at: str = MONDAY,
    robot: Robot | None = None,
    parts: Mapping[str, tuple[MessageOrder, ...]] | None = None,
) -> dict[str, Digest]:
    now = b.at(at, 8)
    contexts = [Context(one, now, DEFAULT_POLICY) for one in dossiers]
    found = digests(contexts, now, DigestHours(), robot or Robot(), extra, parts=parts)
    assert len({one.address.casefold() for one in found}) == len(found)
    return {one.address: one for one in found}


def said(digest: Digest, section: SectionName) -> list[str]:
    return [
        f"{'+'.join(about.reference for about in line.of)} {line.what.fr}" for line in digest.sections.get(section, ())
    ]


def roles(**changes: dict[str, object]) -> dict[str, dict[str, object]]:
    found = {name: role.model_dump() for name, role in terms().roles.items()}
    for name, change in changes.items():
        found[name] |= change
    return found


# -- who --------------------------------------------------------------------------------------------------------------


def test_each_reads_of_its_own_conventions_only() -> None:
    other = dossier(reference="TEST-2", roles=roles(coordinator={"address": "autre@ville.example"}))
    found = made(dossier(), other)
    assert found[COORDINATOR].references == ("TEST-1",)
    assert found["autre@ville.example"].references == ("TEST-2",)
    assert found[MANAGER].references == ("TEST-1", "TEST-2")


def test_whoever_coordinates_and_manages_gets_one_mail() -> None:
    found = made(dossier(roles=roles(manager={"address": COORDINATOR.upper()})))
    assert [address.casefold() for address in found].count(COORDINATOR) == 1
    assert MANAGER not in found


def test_whoever_stands_in_reads_it_meanwhile() -> None:
    away = Away(role="coordinator", on=b.d("2022-09-01"), until=b.d("2022-09-30"))
    found = made(dossier(away, roles=roles(coordinator={"substitute": "referent"})))
    assert COORDINATOR not in found
    assert found[REFERENT].at_the_desk


def test_a_mailbox_of_the_settings_reads_of_everything_once() -> None:
    found = made(dossier(), dossier(reference="TEST-2"), extra=("accueil@ville.example", COORDINATOR.upper()))
    assert found["accueil@ville.example"].references == ("TEST-1", "TEST-2")
    assert found["accueil@ville.example"].function == "Boîte de service"
    assert COORDINATOR.upper() not in found


def test_nobody_gets_one_on_another_morning() -> None:
    assert COORDINATOR in made(dossier())
    assert made(dossier(), at="2022-09-06") == {}


def test_a_week_with_nothing_to_say_has_no_mail() -> None:
    assert made(quiet(), extra=("accueil@ville.example",), at="2022-03-07") == {}


def test_the_troubles_of_the_robot_alone_make_a_mail_for_whoever_looks_after_it() -> None:
    found = made(quiet(), extra=("accueil@ville.example",), robot=UNREADABLE, at="2022-03-07")
    assert set(found) == {MANAGER, "accueil@ville.example"}
    assert found[MANAGER].robot == UNREADABLE


def test_whoever_coordinates_does_not_read_the_troubles_of_the_robot() -> None:
    assert made(dossier(), robot=UNREADABLE)[COORDINATOR].robot is None


def test_a_convention_withdrawn_or_closed_is_not_spoken_of() -> None:
    closed = dossier().model_copy(update={"closed_at": b.at("2022-08-01")})
    assert made(closed) == {}


def test_partners_hear_once_a_month_of_what_they_owe_and_of_what_concerns_them() -> None:
    owed = b.duty("report", informed=["referent"], responsible=["partner"])
    first = dossier(duty=[owed])
    assert PARTNER not in made(first, at="2022-12-05")
    (one,) = (made(first, at="2022-12-01")[PARTNER],)
    assert one.every == "monthly"
    assert not one.at_the_desk
    assert one.ask == ("Fonction coordinator", COORDINATOR)
    assert said(one, "week") == ["TEST-1 Devoir report"]
    assert [about.role for line in one.sections["week"] for about in line.of] == ["partner"]


def test_a_partner_hears_nothing_in_a_month_without_anything() -> None:
    owed = b.duty("report", informed=[], responsible=["partner"])
    assert PARTNER not in made(dossier(duty=[owed]), at="2022-06-01")


def test_whoever_is_only_informed_on_our_side_hears_in_the_week_of_the_day_and_once() -> None:
    owed = b.duty("report", informed=["referent"], responsible=["partner"])
    known = dossier(duty=[owed])
    weeks = [made(known, at=day).get(REFERENT) for day in ("2022-12-12", "2022-12-19", "2022-12-26")]
    assert [one is not None and said(one, "know") for one in weeks].count(["TEST-1 Devoir report"]) == 1
    assert not any(one is not None and one.sections.keys() - {"know"} for one in weeks)


@pytest.mark.parametrize(("stake", "weeks"), [("soft", 1), ("hard", 0)])
def test_what_our_own_people_owe_is_announced_here_where_no_mail_does_it(stake: str, weeks: int) -> None:
    owed = dossier(duty=[b.duty("report", owed_by="town", owed_to="agency", responsible=["referent"], stake=stake)])
    mondays = [b.d("2022-11-07") + timedelta(weeks=n) for n in range(8)]
    found = [made(owed, at=day.isoformat()).get(REFERENT) for day in mondays]
    assert sum(one is not None for one in found) == weeks


# -- what -------------------------------------------------------------------------------------------------------------


def test_what_is_to_be_decided_has_the_day_of_the_decision_and_that_of_the_vote() -> None:
    act = {"party": "town", "body": "conseil municipal", "clauses": ["A1"]}
    one = quiet(act=[act])
    digest = made(one, at="2022-09-19")[COORDINATOR]
    (line,) = digest.sections["decide"]
    items = Context(one, b.at("2022-09-19", 8), DEFAULT_POLICY).items
    decision, vote = items["renewal/2022/decision"], items["renewal/2022/vote"]
    assert line.day == decision.safe_day
    assert line.day is not None
    assert line.day < b.d("2022-12-31")
    assert vote.safe_day is not None
    assert line.then is not None
    assert f"vote au plus tard le {vote.safe_day.day}" in line.then.fr.replace("\u00a0", " ")


def test_a_letter_to_leave_is_to_be_decided_by_the_day_to_post_it() -> None:
    yearly = dossier(termination=[{**b.NOTICE, "until": "day", "on": "10-31"}])
    digest = made(yearly)[COORDINATOR]
    item = Context(yearly, b.at(MONDAY, 8), DEFAULT_POLICY).items["notice/leave/2022"]
    lines = [line for name in ("decide", "ahead") for line in digest.sections.get(name, ())]
    (line,) = [line for line in lines if line.of[0].item == "notice/leave/2022"]
    assert line.day == item.safe_day
    assert line.of[0].line is not None
    assert line.of[0].line.kind == "notice"


@pytest.mark.parametrize("until", [{}, {"until": "day", "on": "12-01"}], ids=["any day", "thirty days before the end"])
def test_a_notice_that_is_no_deadline_is_not_among_what_is_to_be_decided(until: dict[str, str]) -> None:
    digest = made(dossier(termination=[{**b.NOTICE, **until}]))[COORDINATOR]
    found = {about.item for lines in digest.sections.values() for line in lines for about in line.of}
    assert not any(item.startswith("notice/") for item in found)


def test_three_conventions_that_end_the_same_day_are_one_line() -> None:
    digest = made(*(quiet(reference=f"TEST-{n}") for n in (1, 2, 3)), at="2022-09-19")[COORDINATOR]
    (line,) = digest.sections["decide"]
    assert [about.reference for about in line.of] == ["TEST-1", "TEST-2", "TEST-3"]
    assert digest.count("decide") == 3


def test_thirty_that_end_the_same_day_are_one_line() -> None:
    digest = made(*(quiet(reference=f"TEST-{n}") for n in range(1, 31)), at="2022-09-19")[COORDINATOR]
    assert len(digest.sections["decide"]) == 1
    assert digest.count("decide") == 30


@pytest.mark.parametrize("day", ["2022-03-07", MONDAY, "2022-12-19", "2023-01-09"])
def test_the_same_thing_never_stands_on_two_lines(day: str) -> None:
    digest = made(dossier(), dossier(reference="TEST-2", question=[b.BLANK]), at=day)[COORDINATOR]
    found = [about for lines in digest.sections.values() for line in lines for about in line.of]
    assert len({(about.reference, about.item) for about in found}) == len(found)


def test_what_others_owe_bears_their_name_and_what_we_owe_bears_none() -> None:
    late = made(dossier(), at="2023-01-09")[COORDINATOR].sections["late"]
    owed = {line.what.fr: line.who for line in late}
    partner = owed["Devoir report"]
    assert partner is not None
    assert partner.fr == "Agence d’essai"


def test_a_delay_in_hours_says_its_hour() -> None:
    found = b.at("2022-09-04", 19)
    told = dossier(Happened(event="breach-found", on=found.date(), at=found), event_duty=[BREACH])
    lines = [line for lines in made(told)[COORDINATOR].sections.values() for line in lines]
    then = next(line.then for line in lines if line.of[0].item.startswith("breach/"))
    assert then is not None
    assert then.fr.replace("\u00a0", " ") == "à 7 h au plus tard"
    assert then.en == "by 07:00"


def test_every_line_knows_what_can_be_recorded_of_it_and_in_which_role() -> None:
    found = made(dossier(question=[b.BLANK]), extra=("accueil@ville.example",), at="2022-12-05")
    for address, role in ((COORDINATOR, "coordinator"), (MANAGER, "manager"), ("accueil@ville.example", "")):
        about = [one for lines in found[address].sections.values() for line in lines for one in line.of]
        assert all(one.line is not None or one.form is not None for one in about if one.item != "end")
        assert {one.role for one in about if one.line is not None} == {role}


def test_few_questions_are_put_in_their_words_and_many_are_counted() -> None:
    assert said(made(dossier(question=[b.BLANK]))[COORDINATOR], "questions") == ["TEST-1 Quel jour ?"]
    many = [{**b.BLANK, "id": f"q{n}"} for n in range(4)]
    assert said(made(dossier(question=many))[COORDINATOR], "questions") == ["TEST-1 4 questions attendent une réponse"]


def test_the_questions_of_many_conventions_are_one_line() -> None:
    few = made(*(dossier(reference=f"TEST-{n}", question=[b.BLANK]) for n in range(3)))[COORDINATOR]
    many = made(*(dossier(reference=f"TEST-{n}", question=[b.BLANK]) for n in range(5)))[COORDINATOR]
    assert len(few.sections["questions"]) == 3
    (line,) = many.sections["questions"]
    assert line.what.fr == "5 questions attendent une réponse"
    assert len(line.of) == many.count("questions") == 5


def _refusing(reference: str, day: str) -> Dossier:
    """A convention whose partner's address refused the mail of a day."""
    one = dossier(reference=reference)
    one.outbox.append(
        Message(id=f"m-{reference}", kind="reminders", role="partner", address=PARTNER, at=b.at(day),
                status="refused", detail="boîte inconnue")
    )  # fmt: skip
    return one


def test_an_address_that_refuses_in_several_conventions_is_one_line_whenever_each_began() -> None:
    days = {"TEST-1": "2022-08-30", "TEST-2": "2022-08-29", "TEST-3": "2022-08-31"}
    found = made(*(_refusing(reference, day) for reference, day in days.items()))[COORDINATOR]
    (line,) = found.sections["mails"]
    assert sorted(about.reference for about in line.of) == ["TEST-1", "TEST-2", "TEST-3"]
    assert line.day == b.d("2022-08-29")


def test_an_address_that_refuses_is_one_line_however_many_mails_came_back() -> None:
    one = dossier()
    for n in range(3):
        one.outbox.append(
            Message(id=f"m{n}", kind="reminders", role="partner", address=PARTNER, at=b.at("2022-09-01", 8 + n),
                    status="refused", detail="boîte inconnue")
        )  # fmt: skip
    (mail,) = made(one)[COORDINATOR].sections["mails"]
    assert (mail.what.fr, mail.why) == ("Fonction partner", "boîte inconnue")


def test_a_long_section_is_cut_and_says_so() -> None:
    many = [dossier(reference=f"TEST-{n}", title=f"N° {n}", duty=[b.duty(f"d{n}")]) for n in range(1, MOST["late"] + 4)]
    digest = made(*many, at="2023-01-09")[COORDINATOR]
    assert len(digest.sections["late"]) == MOST["late"]
    assert digest.cut["late"] == digest.count("late") - sum(len(line.of) for line in digest.sections["late"])
    assert digest.cut["late"] > 0


def test_what_is_late_is_repeated_to_whoever_keeps_the_file_and_told_once_to_whoever_manages_it() -> None:
    late = dossier(duty=[b.duty("report")], question=[], one_off=[], event_duty=[])
    just, later = made(late, at="2023-01-02"), made(late, at="2023-01-23")
    assert {COORDINATOR, MANAGER} <= set(just)
    assert COORDINATOR in later
    assert MANAGER not in later


def test_whoever_only_manages_gets_no_digest_for_the_daily_work() -> None:
    work = [b.duty(rhythm={"every_months": 3})]
    one = dossier(ContractPublicised(on=b.d("2021-12-20")), duty=work, question=[])
    last = made(one, at="2022-03-28")
    assert said(last[COORDINATOR], "week") == ["TEST-1 Devoir report"]
    assert MANAGER not in last
    assert MANAGER in made(one, at="2022-04-04")  # it is late


def test_what_the_robot_did_is_counted_a_mail_of_the_day_once() -> None:
    one, taken = dossier(), b.at("2022-08-31", 9)
    for n, (kind, mail) in enumerate(
        [("reminders", "day"), ("news", "day"), ("reminders", ""), ("invitation", ""), ("reminders", "old")]
    ):
        at = b.at("2022-08-22", 9) if mail == "old" else taken
        one.outbox.append(
            Message(id=f"m{n}", kind=kind, role="partner", address=PARTNER, at=at, accepted_at=at, status="accepted",
                    mail=mail)
        )  # fmt: skip
    closed = dossier(reference="TEST-9").model_copy(update={"closed_at": b.at("2022-09-02")})
    deeds = made(one, closed)[COORDINATOR].deeds
    assert (deeds.mails, deeds.invitations, deeds.closed) == (2, 1, ("TEST-9",))


# -- beside the mail of the day ---------------------------------------------------------------------------------------


def reminder(item: str, *, kind: str = "reminders") -> MessageOrder:
    return order(kind, reference="TEST-1", lines=[line(item=item)])


def test_what_the_mail_of_the_day_asks_in_full_is_not_asked_again() -> None:
    asked = Asked(
        id="q", kind="blank", about=Text(fr="Quel jour ?", en="Which day?"), article="art. 1",
        says=Text(fr="un jour", en="a day"), answer="date",
    )  # fmt: skip
    asks = order("question", reference="TEST-1", questions=[asked])
    assert said(made(dossier(question=[{**b.BLANK, "id": "q"}]))[COORDINATOR], "questions")
    digest = made(dossier(question=[{**b.BLANK, "id": "q"}]), parts={COORDINATOR: (asks,)})[COORDINATOR]
    assert "questions" not in digest.sections
    several = dossier(question=[{**b.BLANK, "id": name} for name in ("q", "r", "s", "t")])
    (line,) = made(several, parts={COORDINATOR: (asks,)})[COORDINATOR].sections["questions"]
    assert line.what.fr == "3 questions attendent une réponse"  # those that this mail does not ask


def test_the_mail_of_a_digest_morning_is_the_digest_whatever_stands_in_it() -> None:
    told = order("closed", reference="TEST-1")
    both = {COORDINATOR: (told,), PARTNER: (told,)}
    assert not made(quiet(), at="2022-03-14")
    assert set(made(quiet(), at="2022-03-14", parts=both)) == {COORDINATOR}
    assert not made(quiet(), at="2022-03-15", parts=both)  # a Tuesday
    assert PARTNER not in made(quiet(), at="2022-03-01", parts=both)  # reads each month: a mail is a mail


def test_of_a_file_that_closes_nothing_is_late_any_more() -> None:
    assert said(made(dossier(), at="2023-01-09")[COORDINATOR], "late")
    closes = {COORDINATOR: (order("closed", reference="TEST-1"),)}
    assert made(dossier(), at="2023-01-09", parts=closes)[COORDINATOR].sections == {}


def test_a_reminder_of_what_stands_in_the_digest_is_told_there_and_nowhere_else() -> None:
    digest = made(dossier(), at="2023-01-09")[COORDINATOR]
    item = digest.sections["late"][0].of[0].item
    told, other, news = reminder(item), reminder("autre/2023"), reminder(item, kind="news")
    assert left_to_say(digest, (told, other, news)) == (other, news)
    both = told.model_copy(update={"lines": (*told.lines, *other.lines)})
    (rest,) = left_to_say(digest, (both,))
    assert [one.item for one in rest.lines] == ["autre/2023"]


# -- its identity -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("weeks", [1, 2])
def test_the_digest_of_a_person_has_one_identity_all_week_and_another_the_next(weeks: int) -> None:
    monday = made(dossier())[COORDINATOR]
    next_one = made(dossier(), at=(b.d(MONDAY) + timedelta(weeks=weeks)).isoformat())[COORDINATOR]
    assert next_one.id != monday.id
    assert made(dossier())[MANAGER].id != monday.id
    assert COORDINATOR not in monday.id


def test_those_of_two_mornings_are_two() -> None:
    daily = dossier(roles=roles(coordinator={"digest": "daily"}))
    thursday, friday = (made(daily, at=day)[COORDINATOR] for day in ("2022-12-29", "2022-12-30"))
    assert thursday.id != friday.id


def test_a_fact_recorded_since_changes_what_is_said_not_who_it_is() -> None:
    held = dossier(MeetingHeld(item="point/2022-01", on=b.d("2022-02-01")))
    assert made(held)[COORDINATOR].id == made(dossier())[COORDINATOR].id
    assert made(held)[COORDINATOR] != made(dossier())[COORDINATOR]


def test_what_is_done_is_no_longer_there() -> None:
    before = made(dossier(duty=[b.duty("report")]), at="2023-01-09")[COORDINATOR]
    assert "TEST-1 Devoir report" in said(before, "late")
    done = dossier(DutyDone(item="report/2022", on=b.d("2022-12-01")), duty=[b.duty("report")])
    after = made(done, at="2023-01-09").get(COORDINATOR)
    assert after is None or "TEST-1 Devoir report" not in said(after, "late")
