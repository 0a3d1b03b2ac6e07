"""Every letter there is comes from a clause of a seed convention; most are called for by what happened, some begun alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.facts.breach import BreachStep
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import RenewalDecided
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letter_fields import ADDED, LetterFields, LetterKind
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.letters.content import KINDS, LETTERS, letter_for
from echeancier.domain.letters.due import calls, next_call_at
from echeancier.domain.letters.frame import cited, clauses_of
from echeancier.domain.letters.letter import Call
from echeancier.domain.letters.termination import TerminationLetter
from echeancier.domain.standing.situation import Situation
from tests.domain.builders import at
from tests.domain.examples_seen import next_id, seen_by


@dataclass(frozen=True)
class Seed:
    """Where a letter comes from, and the moment at which its convention calls for it.

    Attributes:
        clause: the id of the clause in the table of clauses.
        about: the key of what it is about.
        moment: the convention when the letter is called for, None for a letter that a person begins alone.
    """

    clause: str
    about: str
    moment: Callable[[], Situation] | None


def _manager_left() -> Situation:
    return seen_by("sqf-o", "2022-06-06", Happened(event="account-manager-left", on=date(2022, 6, 3)))


def _breach_found() -> Situation:
    event = Happened(event="breach-discovered", on=date(2020, 5, 4), at=at("2020-05-04", 15))
    return seen_by("tcm-d", "2020-05-05", event)


def _comments() -> Situation:
    told = BreachStep(on=date(2025, 6, 2), breach="fault", step="inform-reasons")
    return seen_by("ida-o", "2025-06-30", told)


def _formal_notice() -> Situation:
    asked = LetterPosted(on=date(2022, 1, 20), letter="request", about=_DATA, by="commune")
    return seen_by("sqf-p", "2022-02-10", asked)


def _destroyed() -> Situation:
    done = DutyDone(on=date(2021, 2, 15), item="final-destruction")
    return seen_by("tcm-d", "2021-02-20", done)


_DATA = "quarterly-data/2021-10"
SEEDS: dict[LetterKind, Seed] = {
    "termination": Seed("MTZ-P.12", "annual-notice", lambda: seen_by("mtz-p", "2022-07-04")),
    "formal-notice": Seed("SQF-P.16", _DATA, _formal_notice),
    "termination-reasons": Seed("IDA-O.11", "fault", None),
    "comments": Seed("IDA-O.12", f"fault/{next_id('ida-o')}/comment", _comments),
    "account-manager": Seed("SQF-O.17", f"manager-left-told/{next_id('sqf-o')}", _manager_left),
    "request": Seed("SQF-P.16", _DATA, lambda: seen_by("sqf-p", "2022-01-20")),
    "destruction": Seed("TCM-D.05", "final-destruction", _destroyed),
    "incident": Seed("TCM-D.07", f"breach-notice/{next_id('tcm-d')}", _breach_found),
    "renewal": Seed("SQF-P.20", "renewal/2023", lambda: seen_by("sqf-p", "2023-06-20")),
    "amicable": Seed(
        "MTZ-P.27",
        f"dispute/{next_id('mtz-p')}",
        lambda: seen_by("mtz-p", "2022-03-10", Happened(event="dispute-raised", on=date(2022, 3, 1))),
    ),
}
"""Each letter, and the clause of a seed convention that it comes from."""


def called(s: Situation, kind: LetterKind) -> list[Call]:
    return [call for call in calls(s) if call.letter == kind]


def test_every_letter_has_its_seed() -> None:
    assert set(SEEDS) == set(KINDS)


def test_every_letter_has_its_class_and_asks_for_fields_that_there_are() -> None:
    assert tuple(LETTERS) == KINDS
    assert all(name in ADDED and not ADDED[name].every for letter in LETTERS.values() for name in letter.ASKS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_is_called_for_by_what_its_clause_waits_for(kind: LetterKind) -> None:
    seed = SEEDS[kind]
    if seed.moment is None:
        return
    assert seed.about in [call.about for call in called(seed.moment(), kind)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_letter_cites_the_clause_it_comes_from(kind: LetterKind) -> None:
    seed = SEEDS[kind]
    s = seed.moment() if seed.moment else seen_by("ida-o", "2025-06-02", us="operator")
    content = letter_for(s, kind, seed.about, LetterFields(blanks=True))
    assert cited(clauses_of(s, (seed.clause,)))[0].article in [one.article for one in content.cited]


def test_a_manager_refused_calls_for_another_proposal() -> None:
    s = seen_by("sqf-o", "2022-06-20", Happened(event="account-manager-refused", on=date(2022, 6, 17)))
    about = f"manager-proposed-again/{next_id('sqf-o')}"
    assert about in [call.about for call in called(s, "account-manager")]
    content = letter_for(s, "account-manager", about, LetterFields(proposed="Responsable du Relais Emploi"))
    assert content.subject.startswith("Nouvelle proposition après refus")
    assert cited(clauses_of(s, ("SQF-O.14",)))[0].article in [one.article for one in content.cited]


def test_a_convention_left_to_lapse_calls_for_a_letter_that_says_so() -> None:
    s = seen_by("sqf-p", "2023-09-20", RenewalDecided(on=date(2023, 9, 18), decision="let-lapse"))
    assert [call.about for call in called(s, "renewal")] == ["renewal/2023"]
    assert letter_for(s, "renewal", "renewal/2023").subject.startswith("Absence de suite au terme")


@pytest.mark.parametrize("decision", ["renew", "new-convention"])
def test_once_what_follows_is_decided_nobody_is_asked(decision: str) -> None:
    decided = RenewalDecided.model_validate({"on": date(2023, 9, 18), "decision": decision})
    assert called(seen_by("sqf-p", "2023-09-20", decided), "renewal") == []


def test_a_formal_notice_waits_until_the_request_has_had_its_time() -> None:
    asked = LetterPosted(on=date(2022, 1, 20), letter="request", about=_DATA, by="commune")
    s = seen_by("sqf-p", "2022-02-01", asked)
    assert called(s, "formal-notice") == called(s, "request") == []


def test_what_was_received_after_all_is_asked_for_no_more() -> None:
    done = DutyDone(on=date(2022, 1, 18), item=_DATA)
    assert called(seen_by("sqf-p", "2022-01-20", done), "request") == []


def test_only_the_latest_of_what_comes_back_is_asked_for() -> None:
    assert [call.about for call in called(seen_by("sqf-p", "2023-03-01"), "request")] == ["quarterly-data/2022-10"]


def test_before_a_convention_is_in_force_no_letter_is_called_for() -> None:
    assert calls(seen_by("sqf-p", "2021-04-20")) == ()


def test_a_notice_is_a_right_and_its_letter_may_stay_unsent() -> None:
    (call,) = called(seen_by("mtz-p", "2022-07-04"), "termination")
    assert call.optional
    assert (call.item, call.by) == ("notice/annual-notice/2022", date(2022, 9, 6))


def test_no_letter_is_called_for_once_the_notice_was_given() -> None:
    letter = LetterPosted(on=date(2022, 7, 4), rule="annual-notice", by="ville")
    assert called(seen_by("mtz-p", "2022-07-05", letter), "termination") == []


@pytest.mark.parametrize("day", ["2021-04-21", "2023-10-02", "2023-11-20"])
def test_a_notice_for_any_day_calls_for_no_letter_which_is_still_written_from_its_clause(day: str) -> None:
    s = seen_by("sqf-p", day)
    assert called(s, "termination") == []
    assert [one.about for one in LETTERS["termination"].subjects(s, agenda_of(s))] == ["notice"]
    content = letter_for(s, "termination", "notice", LetterFields(reasons=("La commune reprend la mission.",)))
    assert isinstance(content.says, TerminationLetter)
    assert content.says.effect == "day"


def test_the_letter_that_takes_a_day_is_proposed_with_the_due_date_it_ends_on() -> None:
    s = seen_by("mtz-p", "2022-07-04")
    dated = tuple(rule.model_copy(update={"starts": "letter-date"}) for rule in s.convention.termination)
    s = replace(s, convention=s.convention.model_copy(update={"termination": dated}))
    (call,) = called(s, "termination")
    assert call.fields.effect == date(2022, 12, 31)
    assert letter_for(s, "termination", call.about, call.fields).cited


def test_the_formal_notice_comes_by_itself_some_days_after_the_request() -> None:
    asked = LetterPosted(on=date(2022, 1, 20), letter="request", about=_DATA, by="commune")
    assert date(2022, 2, 4) in next_call_at(seen_by("sqf-p", "2022-01-20", asked))
