"""An early end, an end given up, a registration by mistake: everybody who was written to is told, once."""

from collections import Counter

import pytest

from echeancier.domain.facts.dossier import Withdrawal
from echeancier.domain.facts.letters import LetterPosted, NoticeWithdrawn
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.facts.parent import ParentEnds
from tests.domain.builders import NOTICE, at, convention, d, duty, end_duty, meeting_duty, signed
from tests.domain.builders_life import Life, life

STARTED = signed("2021-12-15")
WRITTEN_TO = {"coordinator", "manager", "referent", "partner"}
"""Everybody but whoever only has duties of the end: it was far away."""
AT_THE_END = "partner-data"
"""Whoever only has duties of the end: that it ends is the first thing he hears."""


def started() -> Life:
    terms = convention(
        duty=[duty(), duty("data", kind="data", rhythm={"every_months": 3}), meeting_duty()],
        end_duty=[end_duty()],
        termination=[NOTICE],
    )
    return life(terms, STARTED, "2022-01-03").until("2022-02-01")


def letter(day: str = "2022-02-01") -> LetterPosted:
    return LetterPosted(on=d(day), rule="leave", by="town")


def ended_early() -> Life:
    lived = started()
    lived.record(letter())
    return lived


def test_everybody_it_concerns_is_told_of_an_early_end_once() -> None:
    lived = ended_early().until("2022-06-30")
    assert Counter(o.to.role for o in lived.of("ended")) == dict.fromkeys(WRITTEN_TO | {AT_THE_END}, 1)


def test_an_early_end_is_one_mail_and_not_three() -> None:
    lived = started()
    before = len(lived.sent)
    lived.record(letter())
    assert max(Counter(o.to.address for _, o in lived.sent[before:]).values()) == 1


def test_the_message_lists_what_remains_to_its_reader() -> None:
    order = ended_early().of("ended", "referent")[0]
    assert [(line.item, line.legal_last_day) for line in order.lines] == [
        ("point/2022-01", d("2022-03-01")),
        ("destruction/town", d("2022-05-01")),
    ]


def test_whoever_only_has_duties_of_the_end_first_hears_that_it_ends_and_not_that_it_is_in_force() -> None:
    lived = ended_early()
    (order,) = [o for _, o in lived.to(AT_THE_END)]
    assert (order.kind, [line.item for line in order.lines]) == ("ended", ["destruction/agency"])
    assert order.detail is not None
    assert "par résiliation" in order.detail.fr


def test_nothing_is_called_for_after_an_early_end_but_the_duties_of_the_end() -> None:
    lived = ended_early().until("2022-06-30")
    after = {line.item for when, o in lived.sent if when > at("2022-03-02") for line in o.lines}
    assert after == {"destruction/town", "destruction/agency", "certificate/destruction/agency"}


def test_the_duties_of_the_end_move_with_it() -> None:
    lived = ended_early().until("2022-06-30")
    heard = [
        (day.isoformat(), stage)
        for day, stage in lived.told("destruction/agency", "partner-data")
        if day > d("2022-02-01")
    ]
    assert heard[:3] == [("2022-03-15", "notice"), ("2022-04-14", "reminder"), ("2022-04-26", "last-call")]


def test_an_end_that_moves_is_told_again_with_its_new_date() -> None:
    lived = ended_early()
    lived.now = at("2022-02-03")
    lived.correct("f3", letter("2022-02-03"))
    assert [o.ends_on for o in lived.of("ended", "partner")] == [d("2022-03-01"), d("2022-03-03")]


def test_a_letter_given_up_is_told_to_whoever_heard_of_the_end() -> None:
    lived = ended_early()
    lived.record(NoticeWithdrawn(on=d("2022-02-10"), letter="f3"), when=at("2022-02-10"))
    going_on = [o for o in lived.of("ended") if o.reason == "goes-on"]
    assert {o.to.role for o in going_on} == WRITTEN_TO | {AT_THE_END}


def test_a_second_letter_after_one_given_up_is_told_too() -> None:
    lived = ended_early()
    lived.record(NoticeWithdrawn(on=d("2022-02-10"), letter="f3"), when=at("2022-02-10"))
    lived.record(letter("2022-02-14"), when=at("2022-02-14"))
    lived.record(NoticeWithdrawn(on=d("2022-02-16"), letter="f5"), when=at("2022-02-16"))
    assert len(lived.of("ended", "partner")) == 4


def test_after_a_letter_given_up_the_calls_go_on() -> None:
    lived = ended_early()
    lived.record(NoticeWithdrawn(on=d("2022-02-10"), letter="f3"), when=at("2022-02-10"))
    lived.until("2022-06-30")
    assert "overdue" in [stage for _, stage in lived.told("data/2022-01", "partner")]


def test_somebody_written_to_for_the_first_time_after_the_end_was_known_is_told_of_it_once_and_of_nothing_before() -> (
    None
):
    lived = ended_early()
    roles = {**lived.dossier.convention.roles}
    roles["partner-data"] = roles["partner-data"].model_copy(update={"address": "autres-donnees@operateur.example"})
    lived.dossier.convention = lived.dossier.convention.model_copy(update={"roles": roles})
    lived.settle()
    lived.until("2022-06-30")
    kinds = [o.kind for _, o in lived.sent if o.to.address == "autres-donnees@operateur.example"]
    assert (kinds[0], kinds.count("ended"), "opening" in kinds) == ("ended", 1, False)


def test_an_end_announced_within_the_month_is_not_announced_again_as_near() -> None:
    lived = ended_early().until("2022-06-30")
    assert [o.kind for o in lived.of("reminders") if any(line.item == "end" for line in o.lines)] == []


def test_an_annex_that_falls_with_its_parent_tells_everybody() -> None:
    parent = {"reference": "MERE", "cited_as": "la mère", "on_parent_end": "ends", "clauses": ["A1"]}
    terms = convention(parent=parent, term={"months": 12, "within_parent": True, "clauses": ["A1"]}, duty=[duty()])
    lived = life(terms, (*STARTED, ParentEnds(on=d("2022-12-31"))), "2022-01-03").until("2022-02-01")
    lived.record(ParentEnds(on=d("2022-06-30"), why="terminated"))
    order = lived.of("ended", "partner")[0]
    assert order.ends_on == d("2022-06-30")
    assert order.detail is not None
    assert "convention mère" in order.detail.fr


def withdrawn() -> Life:
    lived = started()
    lived.record(MeetingArranged(item="point/2022-01", starts_at=at("2022-03-08", 14)))
    lived.dossier.withdrawn = Withdrawal(at=lived.now, by="coordinator", why="enregistrée deux fois")
    lived.settle()
    return lived


def test_a_registration_by_mistake_is_told_to_everybody_written_to_and_its_meetings_are_cancelled() -> None:
    lived = withdrawn()
    assert {o.to.role for o in lived.of("ended")} == WRITTEN_TO
    assert {o.to.role for o in lived.of("meeting-cancelled")} == {"coordinator", "referent", "partner"}
    assert {o.reason for o in [*lived.of("ended"), *lived.of("meeting-cancelled")]} == {"withdrawn"}


def test_a_registration_by_mistake_then_closes() -> None:
    lived = withdrawn()
    assert lived.closed


def test_a_registration_by_mistake_found_at_night_waits_for_the_morning_to_say_so() -> None:
    lived = started()
    lived.until(at("2022-02-01", 22))
    lived.dossier.withdrawn = Withdrawal(at=lived.now, by="coordinator", why="")
    lived.settle()
    assert not lived.closed
    lived.until("2022-02-03")
    assert lived.closed
    assert {o.to.role for o in lived.of("ended")} == WRITTEN_TO


def test_a_file_with_nothing_to_tell_says_that_it_closes_once_to_each_of_those_who_ran_it() -> None:
    lived = life(convention(), signed("2021-12-15"), "2021-12-20").until("2023-06-01")
    assert lived.closed
    assert [o.to.role for o in lived.of("closed")] == ["coordinator", "manager"]


def test_a_convention_registered_and_never_written_about_does_not_close_in_silence_either() -> None:
    lived = life(convention(), signed("2021-12-15"), "2023-05-03").until("2023-12-01")
    assert lived.closed
    assert [o.to.role for o in lived.of("closed")] == ["coordinator", "manager"]


@pytest.mark.parametrize(("parent_ends", "told"), [("2022-12-31", []), ("2022-11-30", ["coordinator", "manager"])])
def test_an_annex_that_ended_with_its_parent_leaves_it_to_say_that_both_are_closed(
    parent_ends: str, told: list[str]
) -> None:
    annex = convention(parent={"reference": "TEST-0", "cited_as": "la convention mère", "clauses": ["A1"]})
    ends = ParentEnds(on=d(parent_ends), why="term")
    lived = life(annex, (*signed("2021-12-15"), ends), "2021-12-20")
    lived.dossier = lived.dossier.model_copy(update={"known_to_parent": True})
    lived.until("2023-06-01")
    assert lived.closed
    assert [o.to.role for o in lived.of("closed")] == told


def test_the_closing_of_a_parent_names_its_annexes() -> None:
    lived = life(convention(), signed("2021-12-15"), "2021-12-20")
    lived.dossier = lived.dossier.model_copy(update={"annexes": ["TEST-1-A"]})
    lived.until("2023-06-01")
    (annexes,) = [one for one in lived.of("closed")[0].news if one.title.fr == "Ses annexes"]
    assert [name.fr for name in annexes.goes_on] == ["TEST-1-A"]
