"""Who plays the people of a rehearsal: what is decided and answered, and until when a convention without an end is lived."""

from datetime import date

import pytest

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import RenewalDecided
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.rehearsal.player import Diligent, Script, lived_until, stops_because
from tests.domain.examples_seen import example
from tests.support.door import new, running, small
from tests.support.tacit import instant, renewing, situation_of

TACIT = {"how": "tacit", "times": 2, "clauses": ["T.1"]}
UNLIMITED = {"unlimited": True, "clauses": ["T.1"]}


def played(dossier: Dossier, until: str) -> list[Fact]:
    """Return what diligent people record by themselves until a day, without the mails of the robot."""
    player = Diligent(dossier.convention, Script(()))
    records, now, found = tuple(dossier.facts), instant("2022-02-01"), []
    while (move := player.next(records, now)) is not None and move.at.date() <= date.fromisoformat(until):
        now = move.at
        found.append(move.fact)
        one = records[0].model_copy(update={"id": f"p{len(found)}", "fact": move.fact, "recorded_at": now})
        records = (*records, one)
    return found


def test_a_term_that_renews_itself_is_decided_to_be_renewed() -> None:
    decided = [fact.decision for fact in played(renewing(), "2023-03-01") if isinstance(fact, RenewalDecided)]
    assert decided == ["renew"]


@pytest.mark.parametrize(
    ("term", "months"),
    [
        ({"months": 24}, 24),
        ({"years": 3}, 36),
        ({"civil_years": 2}, 24),
        ({"days": 90}, 3),
        ({"ends_on": date(2024, 12, 31)}, 36),
        ({"ends_on": date(2022, 1, 20)}, 1),
    ],
)
def test_a_renewal_whose_length_is_not_said_is_as_long_as_the_first_term(term: dict[str, object], months: int) -> None:
    dossier = running(small(term={**term, "clauses": ["T.1"]}, renewal=TACIT, termination=[], duty=[]))
    answers = [fact for fact in played(dossier, "2022-03-01") if isinstance(fact, QuestionAnswered)]
    assert [fact.months for fact in answers if fact.question == "renewal-period"] == [months]


def test_a_convention_without_a_last_day_is_lived_for_two_years() -> None:
    dossier = running(small(term=UNLIMITED))
    assert [lived_until(situation_of(dossier, day)) for day in ("2022-01-10", "2023-06-01")] == [date(2024, 1, 1)] * 2
    s = situation(dossier.convention, tuple(dossier.facts), instant("2024-01-01"))
    why = stops_because(s)
    assert why is not None
    assert why.fr == "Cette convention n’a pas de dernier jour : la répétition s’arrête le 01/01/2024."


def test_why_a_rehearsal_stops_is_told_of_what_never_ends_only() -> None:
    why = stops_because(situation_of(renewing(cap=None), "2024-02-28"))
    assert why is not None
    assert why.fr.startswith("Cette convention se reconduit sans limite")
    assert stops_because(situation_of(renewing(), "2024-02-28")) is None
    assert (
        stops_because(situation_of(new(small(effect={"rule": "last-signature", "clauses": ["T.1"]})), "2022-02-28"))
        is None
    )


def test_every_year_has_its_decision_though_nothing_else_is_done_meanwhile() -> None:
    dossier = renewing(duty=[])
    decided = [fact for fact in played(dossier, "2024-12-31") if isinstance(fact, RenewalDecided)]
    assert [fact.decision for fact in decided][:2] == ["renew", "renew"]
    assert {fact.on.year for fact in decided} >= {2022, 2023}


def test_several_things_of_one_day_are_all_done_that_day() -> None:
    terms, records = example("orl-g")
    player, known, now = Diligent(terms, Script(())), list(records), instant("2027-09-01")
    done: list[DutyDone] = []
    while len(done) < 4 and (move := player.next(tuple(known), now)) is not None:
        now = move.at
        known.append(known[0].model_copy(update={"id": f"p{len(known)}", "fact": move.fact, "recorded_at": now}))
        if isinstance(move.fact, DutyDone) and move.fact.item.startswith("needs/2028/"):
            done.append(move.fact)
    assert {str(fact.on) for fact in done} == {"2027-09-10"}
