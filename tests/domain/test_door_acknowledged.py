"""Seen, put off, or a problem, at the door."""

from datetime import date

import pytest

from echeancier.domain.facts.acknowledgement import Acknowledged
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.recording import check_correction
from tests.support.door import at, refused, running, take

DATA = "data/2022-01"
ON = date(2022, 3, 1)
NOW = at(2022, 3, 1)


def said(answer: str = "seen", **more: object) -> Acknowledged:
    return Acknowledged.model_validate({"on": ON, "item": DATA, "role": "referent", "answer": answer, **more})


@pytest.mark.parametrize(
    "fact", [said(), said("later", until=date(2022, 6, 30)), said("problem", note="il manque un fichier")]
)
def test_what_may_be_said_of_a_call_is_recorded(fact: Acknowledged) -> None:
    assert take(running(), fact).facts[-1].fact == fact


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (said(item="data/2022-1"), "« data/2022-01 »"),
        (said(role="nobody"), "le rôle « nobody »"),
        (said("later"), "au plus tard le jeudi 30 juin 2022"),
        (said("later", until=date(2022, 7, 1)), "ne se remet pas au-delà du jeudi 30 juin 2022"),
        (said("later", until=ON), "choisir un jour qui suit le mardi 1er mars 2022"),
        (said(until=date(2022, 6, 1)), "until ne s’écrit qu’avec answer = later"),
        (said("problem"), "dire quel est le problème"),
        (said(item="recourse/prefect", on=date(2022, 1, 10)), "aucun rappel"),
    ],
)
def test_what_makes_no_sense_is_refused_with_words(fact: Acknowledged, words: str) -> None:
    assert words in refused(running(), fact)


def test_what_is_done_is_no_more_acknowledged() -> None:
    dossier = take(running(), DutyDone(item=DATA, on=ON))
    assert "est déjà fait, le mardi 1er mars 2022" in refused(dossier, said())


def test_on_the_safe_day_it_may_still_be_seen_and_no_more_put_off() -> None:
    day = date(2022, 6, 30)
    dossier = take(running(), said(on=day))
    assert "ne se remet plus à plus tard" in refused(dossier, said("later", on=day, until=day))


def test_a_meeting_that_has_its_date_is_answered_by_its_invitation() -> None:
    fixed = MeetingArranged.model_validate({"item": "meeting/2022-01", "starts_at": "2022-03-25T10:00"})
    dossier = take(running(), fixed, told=NOW)
    assert "répondre à l’invitation" in refused(dossier, said(item="meeting/2022-01"))


def test_the_day_of_a_call_is_corrected_within_the_same_bounds() -> None:
    dossier = take(running(), said("later", until=date(2022, 5, 2)))
    fact_id = dossier.facts[-1].id
    corrected = check_correction(dossier, fact_id, {"until": date(2022, 5, 9)}, NOW)
    assert isinstance(corrected, Acknowledged)
    assert corrected.until == date(2022, 5, 9)
