"""What is said of a meeting that has no date, that had one, that was held or missed."""

from echeancier.domain.agenda.items import State
from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled, MeetingHeld
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain.builders import at, convention, d, item, meeting_duty, seen, signed
from tests.domain.builders_life import Life, life

KEY = "point/2022-01"


def started(stake: str = "soft") -> Life:
    return life(convention(duty=[meeting_duty(stake=stake)]), signed("2021-12-15"), "2022-01-03").until("2022-01-10")


def stages(lived: Life, to: str = "coordinator") -> list[tuple[str, str]]:
    return [(day.isoformat(), stage) for day, stage in lived.told(KEY, to) if stage != "now"]


def test_a_meeting_without_a_date_is_the_coordinator_s_to_arrange() -> None:
    lived = started().until("2022-06-30")
    assert stages(lived) == [("2022-06-09", "reminder")]  # one call, while a day can still be found
    assert stages(lived, "partner") == stages(lived, "referent") == []


def test_a_day_is_proposed_that_can_still_be_kept() -> None:
    lived = started().until("2022-06-10")
    line = next(line for o in lived.of("reminders") for line in o.lines if line.item == KEY)
    assert line.proposed == d("2022-06-28")


def test_an_arranged_meeting_is_asked_about_on_the_second_working_day_after_it_of_the_coordinator_only() -> None:
    lived = started()
    lived.record(MeetingArranged(item=KEY, starts_at=at("2022-03-11", 14)))
    lived.until("2022-03-31")
    assert stages(lived)[:1] == [("2022-03-15", "held")]
    assert stages(lived, "partner") == stages(lived, "referent") == []


def test_an_arranged_meeting_is_not_called_for_any_more() -> None:
    lived = started()
    lived.record(MeetingArranged(item=KEY, starts_at=at("2022-06-21", 14)))
    lived.until("2022-06-21")
    assert stages(lived) == []


def test_nothing_is_called_late_of_a_meeting_that_had_its_day() -> None:
    lived = started()
    lived.record(MeetingArranged(item=KEY, starts_at=at("2022-06-28", 14)))
    lived.until("2022-08-01")
    assert {stage for _, stage in stages(lived)} == {"held", "held-again"}


def test_our_own_policy_says_how_long_after_its_day_a_meeting_is_asked_about() -> None:
    lived = started()
    lived.policy = DEFAULT_POLICY.model_copy(update={"held_asked_after": 1, "held_again_after": 3})
    lived.record(MeetingArranged(item=KEY, starts_at=at("2022-03-11", 14)))
    lived.until("2022-03-31")
    assert stages(lived) == [("2022-03-14", "held"), ("2022-03-17", "held-again")]


def test_a_meeting_held_is_silent() -> None:
    lived = started()
    lived.record(MeetingArranged(item=KEY, starts_at=at("2022-03-08", 14)))
    lived.record(MeetingHeld(item=KEY, on=d("2022-03-08")), when=at("2022-03-08", 17))
    lived.until("2022-12-01")
    assert stages(lived) == []


def test_each_date_fixed_is_asked_about_even_after_a_first_one_fell_through() -> None:
    lived = started()
    lived.record(MeetingArranged(item=KEY, starts_at=at("2022-03-08", 14)))
    lived.record(MeetingArranged(item=KEY, starts_at=at("2022-04-12", 14)), when=at("2022-03-11"))
    lived.until("2022-04-20")
    assert stages(lived) == [("2022-03-10", "held"), ("2022-04-14", "held")]


def test_nobody_answers_and_the_question_is_put_once_more_to_the_manager_too_where_much_is_at_stake() -> None:
    lived = started(stake="hard")
    lived.record(MeetingArranged(item=KEY, starts_at=at("2022-03-08", 14)))
    lived.until("2022-12-01")
    assert stages(lived, "manager") == [("2022-03-24", "held-again")]
    assert stages(lived) == [("2022-03-10", "held"), ("2022-03-24", "held-again")]


def test_a_meeting_not_held_in_its_period_is_missed_and_says_who_owed_it() -> None:
    lived = started().until("2022-07-15")
    assert stages(lived)[1:] == [("2022-07-01", "overdue")]
    assert stages(lived, "manager") == []  # the digest says it
    line = lived.of("reminders", "coordinator")[-1].lines[0]
    assert line.who == "Ville d’essai et Agence d’essai"


def test_a_meeting_missed_may_not_be_late_but_missed() -> None:
    lived = started().until("2022-07-15")
    agenda = seen(lived.dossier.convention, tuple(lived.dossier.facts), "2022-07-15")
    assert item(agenda, KEY).state is State.MISSED


def test_a_meeting_of_a_period_owed_as_far_as_possible_is_asked_about_too() -> None:
    lived = life(convention(duty=[meeting_duty()]), signed("2022-03-15"), "2022-03-16").until("2022-04-01")
    lived.record(MeetingArranged(item=KEY, starts_at=at("2022-06-30", 14)))
    lived.until("2022-08-01")
    assert stages(lived) == [("2022-07-04", "held"), ("2022-07-19", "held-again")]


def test_a_meeting_cancelled_is_called_for_again() -> None:
    lived = started()
    lived.record(MeetingArranged(item=KEY, starts_at=at("2022-06-07", 14)))
    lived.record(MeetingCancelled(item=KEY, on=d("2022-05-30")), when=at("2022-05-30"))
    lived.until("2022-06-30")
    assert [stage for _, stage in stages(lived)] == ["reminder"]
