"""Who hears what, and by which way: whoever owes it acts, whoever follows it reads it from the last call on, nobody else."""

import pytest

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Item
from echeancier.domain.attention.stake import stake_of
from echeancier.domain.attention.ways import WAYS, audience, way
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.policy import AFTER_A_MEETING, DEFAULT_POLICY, STAGES
from tests.domain.builders import at, convention, d, duty, end_duty, meeting_duty, recorded, signed
from tests.domain.builders_life import life

INFORMED = ["coordinator", "referent", "partner-data"]


def one(block: dict[str, object], **policy: object) -> tuple[Situation, Item]:
    terms = convention(duty=[block])
    changed = DEFAULT_POLICY.model_copy(update=policy)
    s = situation(terms, recorded(*signed("2021-12-15")), at("2022-03-01"), policy=changed)
    return s, next(found for found in agenda_of(s).items if found.series == block["id"])


def test_who_owes_what_is_hard_is_written_to_at_every_stage() -> None:
    s, report = one(duty(informed=INFORMED))
    assert [way(s, report, "partner", stage).way for stage in STAGES] == ["act"] * 5


def test_our_coordinator_who_only_follows_is_written_to_from_the_last_call_on() -> None:
    s, report = one(duty(informed=INFORMED))
    ways = [way(s, report, "coordinator", stage).way for stage in STAGES]
    assert ways == ["know", "know", "act", "act", "act"]


def test_our_manager_is_written_to_when_it_goes_up_to_him_and_only_then() -> None:
    s, report = one(duty(informed=INFORMED))
    assert [way(s, report, "manager", stage).way for stage in STAGES] == [*["know"] * 4, "act"]
    assert audience(s, report, "escalation")[0] == "manager"


@pytest.mark.parametrize("role", ["referent", "partner-data"])
@pytest.mark.parametrize("stake", ["hard", "soft"])
def test_whoever_is_only_informed_gets_no_mail_at_any_stage(role: str, stake: str) -> None:
    s, report = one(duty(stake=stake, informed=INFORMED))
    assert {way(s, report, role, stage).way for stage in (*STAGES, *AFTER_A_MEETING)} <= {"know", ""}
    lived = life(s.convention, signed("2021-12-15"), "2021-12-20").until("2023-01-31")
    assert {stage for _, stage in lived.told("report/2022", role)} <= {"now"}  # the first message lists it


def test_what_is_soft_is_called_once_and_said_once_when_it_is_over() -> None:
    lived = life(convention(duty=[duty(stake="soft")]), signed("2021-12-15"), "2021-12-20").until("2023-01-31")
    heard = {role: lived.told("report/2022", role)[1:] for role in ("partner", "coordinator", "manager")}
    assert heard == {
        "partner": [(d("2022-12-20"), "reminder"), (d("2023-01-02"), "overdue")],
        "coordinator": [],
        "manager": [],
    }


def test_a_minimum_is_overdue_only_when_it_can_no_longer_be_kept() -> None:
    twice = duty(stake="soft", rhythm={"every_months": 12, "count": 2, "at_least": True})
    lived = life(convention(duty=[twice]), signed("2021-12-15"), "2021-12-20").until("2023-01-31")
    first = [(day, stage) for day, stage in lived.told("report/2022-1", "partner") if stage != "now"]
    assert first == [(d("2022-06-20"), "reminder"), (d("2023-01-02"), "overdue")]


def test_a_soft_one_that_becomes_known_late_is_called_all_the_same() -> None:
    lived = life(convention(duty=[duty(stake="soft")]), signed("2021-12-15"), "2022-12-27").until("2022-12-30")
    to_partner = [m for m in lived.dossier.outbox if m.role == "partner"]
    assert [t.stage for m in to_partner for t in m.told if t.about == "report/2022"] == [
        "reminder"
    ]  # by the first message


def test_the_date_of_a_meeting_is_the_coordinator_s_to_find() -> None:
    s, point = one(meeting_duty())
    assert audience(s, point, "reminder") == ("coordinator",)
    assert way(s, point, "partner", "reminder").way == "know"


def test_what_nobody_is_named_for_is_the_coordinator_s() -> None:
    s, report = one(duty())
    alone = report.model_copy(update={"responsible": ()})
    assert audience(s, alone, "reminder") == ("coordinator",)


def test_the_stake_is_that_of_the_kind_unless_the_convention_or_the_installation_says_otherwise() -> None:
    assert stake_of(*one(duty(stake=None))) == "soft"
    assert stake_of(*one(duty(stake="hard"))) == "hard"
    assert stake_of(*one(duty(stake=None), stakes={"report": "hard"})) == "hard"
    assert stake_of(*one(duty(stake="soft"), stakes={"report": "hard"})) == "soft"


def test_what_the_end_asks_for_is_never_soft_by_its_kind_alone() -> None:
    terms = convention(end_duty=[end_duty(kind="other")])
    s = situation(terms, recorded(*signed("2021-12-15")), at("2022-03-01"))
    ends = [found for found in agenda_of(s).items if found.series == "destruction"]
    assert {stake_of(s, found) for found in ends} == {"hard"}


def test_every_stage_of_what_is_hard_is_heard_by_whoever_owes_it() -> None:
    assert set(WAYS["hard"]) == {*STAGES, *AFTER_A_MEETING}
    assert {ways["owes"] for ways in WAYS["hard"].values()} == {"act"}
