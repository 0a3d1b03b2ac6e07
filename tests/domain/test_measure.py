"""What mails lead to: the share that a recorded fact follows within five working days, from the dossiers alone."""

from datetime import datetime, timedelta

import pytest

from echeancier.domain.attention.measure import ENOUGH, Measured, measured
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier, Message, Told
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.people import RoleChanged
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.signing import Signed
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.digest import Digest, Robot
from echeancier.domain.overview.digest import digests
from echeancier.domain.overview.digest_day import DigestHours
from echeancier.domain.overview.yields import measured_of
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain import builders as b
from tests.workflows.terms import terms

THURSDAY = b.at("2022-06-02", 9)
"""Whit Monday, the 6th, is not worked: the fifth working day after it is Friday the 10th."""

LAST = b.at("2022-06-10", 23, 59)
NOW = b.at("2022-07-01", 9)
REPORT = "report/2022"


def mail(
    about: str = REPORT, stage: str = "reminder", kind: str = "reminders", *, at: datetime = THURSDAY, **more: object
) -> Message:
    values = {
        "id": f"{kind}-{about}-{at:%Y%m%d%H%M}", "kind": kind, "role": "partner", "address": b.ADDRESSES["partner"], "at": at,
        "accepted_at": at, "status": "accepted", "told": (Told(about=about, stage=stage),),
    }  # fmt: skip
    return Message.model_validate(values | more)


def lived(mails: list[Message], *facts: tuple[Fact, datetime], now: datetime = NOW, **changes: object) -> Context:
    records = [
        Recorded(id=f"s{n}", fact=fact, recorded_at=b.at("2021-12-20"), recorded_by="coordinator")
        for n, fact in enumerate(b.signed("2021-12-15"), 1)
    ]
    records += [
        Recorded(id=f"f{n}", fact=fact, recorded_at=at, recorded_by="coordinator")
        for n, (fact, at) in enumerate(facts, 1)
    ]
    dossier = Dossier(
        convention=terms(**changes),
        registered_at=b.at("2021-12-20"),
        registered_by="coordinator",
        facts=records,
        outbox=mails,
    )
    return Context(dossier, now, DEFAULT_POLICY)


def of(ctx: Context, now: datetime = NOW) -> dict[tuple[str, str], Measured]:
    return {(one.kind, one.stage): one for one in measured_of([ctx], now)}


DONE = DutyDone(item=REPORT, on=b.d("2022-06-03"))


@pytest.mark.parametrize(
    ("recorded", "followed"),
    [
        (THURSDAY + timedelta(minutes=1), 1),
        (LAST, 1),
        (LAST + timedelta(minutes=2), 0),
        (THURSDAY - timedelta(days=1), 0),
    ],
    ids=["at once", "on the fifth working day", "on the day after", "before it left"],
)
def test_a_fact_counts_within_five_working_days(recorded: datetime, followed: int) -> None:
    one = of(lived([mail()], (DONE, recorded)))["reminders", "reminder"]
    assert (one.mails, one.followed, one.lately, one.followed_lately) == (1, followed, 1, followed)


def test_a_fact_on_another_thing_does_not_count() -> None:
    other = DutyDone(item="point/2022-01", on=b.d("2022-06-03"))
    assert of(lived([mail()], (other, LAST)))["reminders", "reminder"].followed == 0


def test_what_was_recorded_by_mistake_does_not_count() -> None:
    ctx = lived([mail()], (DONE, LAST))
    ctx.dossier.facts[-1] = ctx.dossier.facts[-1].model_copy(update={"cancelled": True})
    assert of(ctx)["reminders", "reminder"].followed == 0


def test_a_mail_whose_days_still_run_is_not_judged() -> None:
    assert of(lived([mail()], now=b.at("2022-06-10", 9)), b.at("2022-06-10", 9)) == {}


def test_a_mail_that_did_not_leave_or_that_asks_nothing_is_not_judged() -> None:
    unsent = mail(accepted_at=None, status="refused")
    assert of(lived([unsent, mail("opening", "opening", "opening"), mail("ended/31/12/2022", "now", "ended")])) == {}


@pytest.mark.parametrize(
    ("about", "fact"),
    [
        ("question/q", QuestionAnswered(question="q", on=b.d("2022-06-03"), text="x")),
        ("signature/agency", Signed(party="agency", on=b.d("2022-06-03"))),
        ("undelivered/lost", RoleChanged(role="partner", on=b.d("2022-06-03"), address="autre@operateur.example")),
        ("meeting/point/2022-07", DutyDone(item="point/2022-07", on=b.d("2022-06-03"))),
    ],
)
def test_each_sort_of_mail_has_its_own_sort_of_answer(about: str, fact: Fact) -> None:
    lost = mail("opening", "opening", "opening", id="lost")
    (one,) = of(lived([lost, mail(about, "x", "news")], (fact, LAST))).values()
    assert (one.mails, one.followed) == (1, 1)


def test_stages_are_counted_apart_and_the_least_followed_of_late_comes_first() -> None:
    early, late = mail(stage="notice", at=b.at("2022-05-02", 9)), mail(stage="last-call")
    found = measured_of([lived([early, late], (DONE, LAST))], NOW)
    assert [(one.stage, one.percent_lately) for one in found] == [("notice", 0), ("last-call", 100)]


def test_what_is_older_than_ninety_days_counts_in_the_whole_only() -> None:
    one = of(lived([mail(at=b.at("2022-03-01", 9)), mail()], (DONE, LAST)))["reminders", "reminder"]
    assert (one.mails, one.lately, one.percent, one.percent_lately) == (2, 1, 50, 100)


@pytest.mark.parametrize(
    ("mails", "followed", "soften"), [(ENOUGH, 1, True), (ENOUGH, 2, False), (ENOUGH - 1, 0, False)]
)
def test_under_a_fifth_of_enough_mails_it_proposes_to_be_softened(mails: int, followed: int, soften: bool) -> None:
    one = Measured("reminders", "reminder", mails=mails, followed=followed, lately=mails, followed_lately=followed)
    assert one.is_to_soften is soften


def test_nothing_is_measured_of_nothing() -> None:
    assert measured([], NOW) == ()


# -- in the manager's digest ------------------------------------------------------------------------------------------


def manager_reads(day: str) -> Digest | None:
    now = b.at(day, 8)
    vain = [mail(at=b.at("2022-06-01", 9) + timedelta(hours=n)) for n in range(ENOUGH)]
    ctx = lived(vain, now=now)
    found = digests([ctx], now, DigestHours(), Robot())
    assert all(not one.yields for one in found if one.address != b.ADDRESSES["manager"])
    return next((one for one in found if one.address == b.ADDRESSES["manager"]), None)


def test_the_first_digest_of_a_month_tells_it_to_whoever_manages_and_no_other() -> None:
    first, second = manager_reads("2022-07-04"), manager_reads("2022-07-11")
    assert first is not None
    (one,) = first.yields
    assert (one.kind.fr, one.mails, one.followed, one.softer) == ("Rappels", ENOUGH, 0, True)
    assert second is None or not second.yields


def test_what_a_mail_only_names_is_not_measured_and_an_alarm_is() -> None:
    alarmed = mail("undelivered/m1", "now", "undelivered")
    found = of(lived([mail(stage="now", kind="opening"), alarmed, mail()], (DONE, THURSDAY + timedelta(days=1))))
    assert set(found) == {("undelivered", "now"), ("reminders", "reminder")}
