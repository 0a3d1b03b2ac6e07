"""Things done, and litigations, at the door."""

from datetime import date

from echeancier.domain.facts.act import ActAdopted
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.litigation import LitigationClosed, LitigationOpened
from echeancier.domain.facts.signing import Signed
from tests.support.door import at, example, new, refused, running, small, take


def done(item: str, on: date, **more: object) -> DutyDone:
    return DutyDone.model_validate({"item": item, "on": on, **more})


def test_an_item_done_is_recorded() -> None:
    dossier = take(running(), done("data/2022-01", date(2022, 6, 20)))
    assert dossier.facts[-1].id == "f6"


def test_an_unknown_item_is_refused_with_the_nearest_keys() -> None:
    assert "« data/2022-01 »" in refused(running(), done("data/2022-1", date(2022, 6, 20)))


def test_an_item_of_no_period_names_those_of_its_duty() -> None:
    words = refused(running(), done("data/printemps", date(2022, 6, 20)))
    assert "data/2022-01, data/2022-07" in words


def test_a_meeting_is_not_merely_done() -> None:
    assert "meeting-held" in refused(running(), done("meeting/2022-01", date(2022, 2, 1)))


def test_a_publication_is_recorded_by_its_own_fact() -> None:
    dossier = take(new(small()), ActAdopted(on=date(2021, 12, 6)))
    assert "act-published" in refused(dossier, done("act/publication", date(2021, 12, 9)))


def test_a_delay_that_others_have_is_nothing_to_do() -> None:
    assert "passe d’elle-même" in refused(running(), done("recourse/prefect", date(2022, 3, 1)))


def test_what_is_done_is_not_done_twice() -> None:
    dossier = take(running(), done("data/2022-01", date(2022, 6, 20)))
    assert "corriger f6" in refused(dossier, done("data/2022-01", date(2022, 6, 21)))


def test_nothing_is_done_before_the_convention_is_in_force() -> None:
    words = refused(running(), done("data/2022-01", date(2021, 12, 20)))
    assert "samedi 1er janvier 2022" in words


def test_nothing_is_done_while_a_signature_is_missing() -> None:
    dossier = take(new(small(act=())), Signed(on=date(2021, 12, 15), party="commune"))
    assert "signed (operator)" in refused(dossier, done("data/2022-01", date(2022, 3, 1)))


def test_what_is_done_before_its_item_opens_is_accepted() -> None:
    assert take(running(), done("data/2022-07", date(2022, 6, 20))).facts[-1].id == "f6"


def test_a_period_over_before_the_convention_was_in_force_owes_nothing() -> None:
    dossier = example("sqf-p")
    assert "n’était pas dû" in refused(dossier, done("quarterly-data/2021-01", date(2021, 4, 21)))


def test_the_party_that_did_it_is_one_of_the_convention() -> None:
    assert "la partie" in refused(running(), done("data/2022-01", date(2022, 6, 20), party="prefecture"))


def test_what_answers_an_event_is_not_done_before_it() -> None:
    dossier = take(example("tcm-d"), Happened(event="data-delivered", on=date(2020, 3, 31)))
    words = refused(dossier, done("delivery-deletion/f8", date(2020, 3, 30)), told=at(2020, 4, 2))
    assert "mardi 31 mars 2020" in words


def test_a_litigation_is_closed_only_once_open() -> None:
    assert "litigation-opened" in refused(running(), LitigationClosed(on=date(2022, 3, 1)))


def test_a_litigation_is_not_opened_twice() -> None:
    dossier = take(running(), LitigationOpened(on=date(2022, 2, 1)))
    assert "déjà ouvert" in refused(dossier, LitigationOpened(on=date(2022, 3, 1)))


def test_a_litigation_does_not_end_before_it_began() -> None:
    dossier = take(running(), LitigationOpened(on=date(2022, 2, 1)))
    assert "mardi 1er février 2022" in refused(dossier, LitigationClosed(on=date(2022, 1, 31)), told=at(2022, 3, 1))


def test_a_litigation_opens_again_after_it_was_closed() -> None:
    dossier = take(running(), LitigationOpened(on=date(2022, 2, 1)), LitigationClosed(on=date(2022, 3, 1)))
    assert take(dossier, LitigationOpened(on=date(2022, 4, 1))).facts[-1].id == "f8"
