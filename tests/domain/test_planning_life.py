"""A whole life, planned from wake to wake: it advances, it sleeps when nothing is to come, it closes."""

from collections import Counter
from copy import deepcopy
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import Phase, given, settings

from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.facts.personal_data import CertificateReceived
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.terms.policy import DEFAULT_POLICY, STAGES
from tests.domain.builders import (
    ADDRESSES,
    NOTICE,
    PARIS,
    at,
    convention,
    d,
    duty,
    end_duty,
    meeting_duty,
    signed,
    sqf,
)
from tests.domain.builders_life import Life, life
from tests.support.long import how_many
from tests.support.whole import Life as Drawn
from tests.support.whole import lives

STARTED = signed("2021-12-15")

QUICKLY = (Phase.explicit, Phase.reuse, Phase.generate)
"""A whole life is long to plan: a failing one is shown as it was found."""

LONG_ENOUGH = timedelta(days=900)
"""What renews itself without end never closes: years of it are enough."""


@pytest.fixture(scope="module")
def neglected() -> Life:
    """Saint-Quentin-Fallavier, registered the day after its signature, of which nobody records anything any more."""
    terms, records = sqf()
    return life(terms, records, "2021-04-21").until("2024-12-31")


def said_twice(lived: Life) -> list[tuple[object, ...]]:
    """Return what one person was told twice: the same stage of the same thing, on the same ground.

    The ground is the legal last day, or without one the day that our policy counts from: an end that moves moves it.
    """
    told = Counter(
        (m.address.casefold(), t.about, t.stage, t.basis)
        for m in lived.dossier.outbox
        for t in m.told
        if t.stage in STAGES
    )
    return [what for what, times in told.items() if times > 1]


@cache
def _small() -> Life:
    terms = convention(duty=[duty(), meeting_duty()], end_duty=[end_duty()])
    return life(terms, STARTED, "2021-12-20").until("2022-11-30")


def small() -> Life:
    """Return the life of a small convention at the end of its last month but one; each test goes on with its own."""
    return deepcopy(_small())


@pytest.mark.slow
def test_the_instants_of_wake_rise_strictly(neglected: Life) -> None:
    wakes = sorted(set(neglected.wakes))
    assert [w for w in neglected.wakes if w in wakes] == sorted(neglected.wakes)
    assert len(wakes) > 100


@pytest.mark.slow
def test_a_life_that_nobody_records_stays_open_and_keeps_asking(neglected: Life) -> None:
    assert not neglected.closed
    assert neglected.last is not None
    assert neglected.last.wake_at is not None
    insisted = [day for day, stage in neglected.told("data-destruction/commune", "coordinator") if stage == "overdue"]
    assert insisted == [d("2024-03-01"), d("2024-04-08"), d("2024-06-07"), d("2024-10-07")]


def test_it_closes_one_month_after_the_last_duty_of_the_end() -> None:
    lived = small().until("2023-01-10")
    lived.record(
        DutyDone(on=d("2023-01-10"), item="destruction/town"),
        DutyDone(on=d("2023-01-16"), item="destruction/agency"),
        when=at("2023-01-17"),
    )
    lived.record(
        CertificateReceived(on=d("2023-01-17"), item="destruction/town"),
        CertificateReceived(on=d("2023-01-24"), item="destruction/agency"),
        when=at("2023-01-24"),
    )
    lived.until("2023-12-31")
    assert lived.closed
    assert lived.wakes[-1] == at("2023-02-24", 8, 30)


def test_a_file_stays_open_until_the_certificates_are_there() -> None:
    lived = small().until("2023-01-10")
    lived.record(
        DutyDone(on=d("2023-01-10"), item="destruction/town"),
        DutyDone(on=d("2023-01-16"), item="destruction/agency"),
        when=at("2023-01-17"),
    )
    lived.until("2023-12-31")
    assert not lived.closed
    asked = {
        who: [stage for _, stage in lived.told("certificate/destruction/agency", who)]
        for who in ("manager", "partner-data")
    }
    assert asked == {"manager": ["escalation"], "partner-data": []}


def test_a_convention_without_any_duty_of_the_end_closes_a_month_after_it() -> None:
    lived = life(convention(), STARTED, "2021-12-20").until("2023-06-01")
    assert lived.closed
    assert lived.wakes[-1].date() == d("2023-01-31")


def test_of_a_convention_nobody_signed_only_its_signatures_and_its_closing_are_spoken_of() -> None:
    lived = life(convention(duty=[duty()], end_duty=[end_duty()]), (), "2021-12-20").until("2023-06-01")
    spoken = {told.about.partition("/")[0] for message in lived.dossier.outbox for told in message.told}
    assert spoken == {"signature", "unsigned", "closed"}


def test_every_item_is_spoken_of_in_the_order_of_its_stages() -> None:
    lived = small().until("2023-06-01")
    heard = [stage for _, stage in lived.told("report/2022", "partner") if stage != "now"]
    assert heard == ["notice", "reminder", "last-call", "overdue", "escalation"]


def test_the_days_of_the_stages_are_those_of_the_policy_brought_back_to_a_working_day() -> None:
    lived = small().until("2023-06-01")
    days = [day for day, stage in lived.told("report/2022", "partner") if stage != "now"]
    assert days == [d("2022-11-30"), d("2022-12-20"), d("2022-12-28"), d("2023-01-02"), d("2023-01-09")]


@pytest.mark.slow
def test_no_stage_is_told_twice_to_the_same_person(neglected: Life) -> None:
    assert said_twice(neglected) == []


@pytest.mark.slow
def test_nobody_gets_two_reminders_on_the_same_day(neglected: Life) -> None:
    per_day = Counter((o.to.address, when.date()) for when, o in neglected.sent if o.kind == "reminders")
    assert max(per_day.values()) == 1


@pytest.mark.slow
def test_mail_leaves_on_working_days_in_office_hours_only(neglected: Life) -> None:
    calendar = neglected.dossier.convention.place.calendar()
    for when, _ in neglected.sent:
        local = when.astimezone(PARIS)
        assert calendar.is_workable(local.date())
        assert DEFAULT_POLICY.send_from <= local.time() < DEFAULT_POLICY.send_until


@pytest.mark.slow
def test_a_neglected_convention_writes_less_than_once_a_week_to_anybody_but_its_coordinator(
    neglected: Life,
) -> None:
    weeks = (d("2024-03-31") - d("2021-04-21")).days / 7
    per_person = Counter(o.to.role for _, o in neglected.sent)
    assert per_person.pop("coordinator") < 1.2 * weeks
    assert max(per_person.values()) < weeks / 2


def test_two_roles_with_one_address_get_one_mail() -> None:
    roles = {
        name: {"party": "town" if "ville" in address else "agency", "function": name, "address": address}
        for name, address in {**ADDRESSES, "referent": "COORDINATION@ville.example"}.items()
    }
    lived = life(convention(roles=roles, duty=[duty(responsible=["referent"])]), STARTED, "2021-12-20")
    lived.until("2022-12-01")
    about = [o for _, o in lived.sent if any(line.item == "report/2022" for line in o.lines)]
    assert [o.kind for o in about if o.to.address.casefold() == "coordination@ville.example"] == [
        "opening",
        "reminders",
    ]


def test_what_was_done_is_not_spoken_of_any_more() -> None:
    lived = small()
    lived.record(DutyDone(on=d("2022-12-01"), item="report/2022"), when=at("2022-12-01"))
    lived.until("2023-06-01")
    assert [day for day, _ in lived.told("report/2022", "partner")][-1] == d("2022-11-30")


def test_one_may_plan_again_at_the_same_instant_without_saying_anything_twice() -> None:
    lived = small()
    assert lived.plan().orders == ()


def test_planning_looks_at_the_dossier_and_changes_nothing_in_it() -> None:
    lived = small()
    before = lived.dossier.model_copy(deep=True)
    first = lived.plan()
    assert lived.dossier == before
    assert lived.plan() == first


@pytest.mark.slow
@settings(max_examples=how_many(30), phases=QUICKLY)
@given(lives())
def test_any_life_advances_and_never_writes_twice_the_same(drawn: Drawn) -> None:
    terms, records = drawn.convention, drawn.records
    start = min((r.recorded_at for r in records), default=at("2021-01-04"))
    known = tuple(r for r in records if r.recorded_at <= start)
    lived = life(terms, known, start)
    for record in records[len(known) :]:
        if lived.closed:
            return
        lived.record(record.fact, when=max(record.recorded_at, lived.now))
    lived.until(at(drawn.begins + LONG_ENOUGH))
    assert said_twice(lived) == []


def test_what_hangs_from_an_end_that_comes_nearer_is_said_once_of_each_end() -> None:
    """Letters recorded late bring the end nearer, long after it: what only our policy dates is told again, of another day."""
    lived = life(convention(termination=[NOTICE], end_duty=[end_duty()]), STARTED, "2021-12-20").until("2023-06-01")
    for posted, told in (("2022-07-01", "2023-06-02"), ("2022-05-02", "2023-07-03"), ("2022-03-01", "2023-08-03")):
        lived.record(LetterPosted(on=d(posted), rule="leave", by="town"), when=at(told))
    lived.until("2023-12-31")
    assert said_twice(lived) == []
    manager = ADDRESSES["manager"]
    certificate = [t for m in lived.dossier.outbox if m.address == manager for t in m.told if "certificate/" in t.about]
    escalated = [(t.basis, t.safe) for t in certificate if t.about.endswith("/agency") and t.stage == "escalation"]
    assert escalated == [
        (d("2023-02-28"), d("2023-03-15")),
        (d("2022-10-01"), d("2022-10-17")),
        (d("2022-08-02"), d("2022-08-17")),
        (d("2022-06-01"), d("2022-06-16")),
    ]


@settings(max_examples=how_many(60), phases=QUICKLY)
@given(lives())
def test_in_any_life_nobody_gets_two_reminders_on_one_day_unless_hours_count(drawn: Drawn) -> None:
    terms, records = drawn.convention, drawn.records
    lived = life(terms, records, max((r.recorded_at for r in records), default=at("2021-01-04")))
    lived.until(at(drawn.begins + LONG_ENOUGH))
    calm = [(when, o) for when, o in lived.sent if not any(line.legal_last_instant for line in o.lines)]
    per_day = Counter((o.to.address, when.astimezone(PARIS).date()) for when, o in calm if o.kind == "reminders")
    assert max(per_day.values(), default=1) == 1


@pytest.mark.slow
def test_what_is_never_recorded_is_put_to_the_manager_who_may_have_the_file_closed_without_it(
    neglected: Life,
) -> None:
    asked = [
        (when.date(), q.id)
        for when, o in neglected.sent
        for q in o.questions
        if o.to.role == neglected.dossier.convention.manager and q.id.startswith("close-without/")
    ]
    # Destruction was owed by 29 February 2024: half a year later, on a Tuesday, it is asked about, then again.
    assert asked[0] == (d("2024-08-27"), "close-without/data-destruction/commune")
    assert not [q for _, q in asked if q.startswith("close-without/certificate/data-destruction")]


def test_a_file_closed_without_what_was_never_done_says_so_and_takes_nothing_for_done() -> None:
    lived = life(convention(end_duty=[end_duty()]), STARTED, "2022-01-03").until("2024-03-29")
    assert not lived.closed
    for side in ("town", "agency"):
        question = f"close-without/destruction/{side}"
        lived.record(QuestionAnswered(on=d("2024-04-02"), question=question, reading="close"), when=at("2024-04-02"))
    lived.until("2024-06-30")
    assert lived.closed
    last = [o for _, o in lived.sent if o.kind == "closed"]
    assert {o.to.role for o in last} == {"coordinator", "manager"}
    assert any("jamais été enregistré" in one.says.fr for one in last[0].news)
    assert not any("Tout ce que la fin demandait" in one.says.fr for one in last[0].news)


def test_what_the_text_asks_at_once_without_a_number_is_put_to_the_manager_too() -> None:
    told = {
        "id": "anomaly-told", "title": "Signaler une anomalie", "title_en": "Tell of an anomaly", "kind": "information",
        "event": "anomaly", "no_number": True, "owed_by": "town", "owed_to": "agency",
        "responsible": ["coordinator"], "clauses": ["A1"],
    }  # fmt: skip
    lived = life(convention(event_duty=[told]), STARTED, "2022-01-03").until("2022-05-31")
    lived.record(Happened(on=d("2022-06-01"), event="anomaly"), when=at("2022-06-01"))
    lived.until("2023-08-31")
    asked = {q.id for _, o in lived.sent for q in o.questions if q.id.startswith("close-without/")}
    assert asked == {"close-without/anomaly-told/f3"}
    assert not lived.closed
