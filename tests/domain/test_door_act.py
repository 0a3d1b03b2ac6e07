"""The council's act at the door."""

from datetime import date

import pytest

from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted, AppealAnswered, AppealLodged
from echeancier.domain.facts.signing import Signed
from echeancier.domain.recording import Refusal, cancel
from tests.support.door import at, new, of_day, refused, running, small, take, voted

VOTE = date(2021, 12, 6)


def test_a_publication_before_the_vote_is_refused_with_the_first_day_accepted() -> None:
    dossier = take(new(small()), ActAdopted(on=VOTE))
    assert "lundi 6 décembre 2021" in refused(dossier, ActPublished(on=date(2021, 12, 3)))


def test_a_transmission_before_the_vote_is_refused() -> None:
    dossier = take(new(small()), ActAdopted(on=VOTE))
    assert "précéderait le vote" in refused(dossier, ActTransmitted(on=date(2021, 12, 3)))


def test_a_vote_after_its_publication_is_refused() -> None:
    dossier = take(new(small()), ActPublished(on=date(2021, 12, 3)))
    assert "un acte est voté avant" in refused(dossier, ActAdopted(on=VOTE))


def test_publication_and_transmission_may_come_in_any_order_and_on_the_day_of_the_vote() -> None:
    dossier = take(new(small()), ActTransmitted(on=VOTE), ActPublished(on=VOTE), ActAdopted(on=VOTE))
    assert len(dossier.facts) == 3


def test_a_second_publication_is_refused_and_points_to_the_first() -> None:
    assert "corriger f2" in refused(running(), ActPublished(on=date(2021, 12, 20)))


def test_a_second_vote_is_refused_while_every_signature_is_regular() -> None:
    assert "corriger f1" in refused(running(), ActAdopted(on=date(2021, 12, 20)))


def test_a_new_vote_cures_an_irregular_signature_and_a_new_signature_follows() -> None:
    dossier = voted(new(small()), VOTE, date(2021, 12, 9))
    take(dossier, Signed(on=date(2021, 12, 8), party="commune", irregular=True))
    take(dossier, ActAdopted(on=date(2022, 1, 10)))
    assert "act-published" in refused(dossier, Signed(on=date(2022, 1, 12), party="commune"))
    take(dossier, ActPublished(on=date(2022, 1, 12)), ActTransmitted(on=date(2022, 1, 12)))
    take(dossier, Signed(on=date(2022, 1, 13), party="commune"))
    assert len(dossier.facts) == 8


def test_a_convention_without_an_assembly_takes_no_act() -> None:
    assert "[[act]]" in refused(new(small(act=())), ActAdopted(on=VOTE))


def test_an_appeal_needs_the_publication_first() -> None:
    dossier = take(new(small()), ActAdopted(on=VOTE))
    assert "act-published" in refused(dossier, AppealLodged(on=date(2021, 12, 20), appellant="riverain"))


def test_an_appeal_of_the_prefect_needs_the_transmission_first() -> None:
    dossier = take(new(small()), ActAdopted(on=VOTE), ActPublished(on=date(2021, 12, 9)))
    assert "act-transmitted" in refused(dossier, AppealLodged(on=date(2021, 12, 20), appellant="prefect"))


def test_an_answer_without_an_appeal_is_refused() -> None:
    assert "appeal-lodged" in refused(running(), AppealAnswered(on=date(2022, 2, 1)))


def test_an_appeal_and_its_answer_are_taken() -> None:
    dossier = take(
        running(), AppealLodged(on=date(2022, 1, 5), appellant="riverain"), AppealAnswered(on=date(2022, 2, 1))
    )
    assert len(dossier.facts) == 7


def test_one_answer_never_closes_two_appeals_and_one_without_a_name_is_refused_while_two_are_open() -> None:
    lodged = [AppealLodged(on=date(2022, 1, day), appellant=name) for name, day in (("prefect", 5), ("riverain", 7))]
    dossier = take(running(), *lodged)
    assert "prefect (05/01/2022), riverain (07/01/2022)" in refused(dossier, AppealAnswered(on=date(2022, 2, 1)))
    take(dossier, AppealAnswered(on=date(2022, 2, 1), appellant="riverain"))
    again = AppealAnswered(on=date(2022, 2, 3), appellant="riverain")
    assert "a déjà sa réponse" in refused(dossier, again)
    take(dossier, AppealAnswered(on=date(2022, 2, 8)))
    assert "aucun autre recours n’est ouvert" in refused(dossier, AppealAnswered(on=date(2022, 2, 9)))


def test_an_answer_without_a_name_may_only_be_that_of_an_appeal_lodged_before_it() -> None:
    lodged = [AppealLodged(on=date(2022, 1, day), appellant=name) for name, day in (("riverain", 5), ("prefect", 20))]
    dossier = take(running(), *lodged)
    told = of_day(date(2022, 2, 1))
    take(dossier, AppealAnswered(on=date(2022, 1, 10)), told=told)
    assert "précéderait le recours, reçu le jeudi 20 janvier 2022" in refused(
        dossier, AppealAnswered(on=date(2022, 1, 19)), told=told
    )


def test_an_answer_to_somebody_who_lodged_nothing_is_refused() -> None:
    dossier = take(running(), AppealLodged(on=date(2022, 1, 5), appellant="riverain"))
    answer = AppealAnswered(on=date(2022, 2, 1), appellant="association")
    assert "sont connus : riverain" in refused(dossier, answer)


def test_a_second_appeal_of_the_same_author_starts_nothing_again() -> None:
    dossier = take(running(), AppealLodged(on=date(2022, 1, 5), appellant="riverain"))
    assert "ne rouvre pas le délai" in refused(dossier, AppealLodged(on=date(2022, 1, 12), appellant="riverain"))


@pytest.mark.parametrize("named", ["riverain", None])
def test_an_appeal_that_was_answered_is_not_cancelled_under_its_answer(named: str | None) -> None:
    lodged = [AppealLodged(on=date(2022, 1, day), appellant=name) for name, day in (("riverain", 5), ("prefect", 7))]
    dossier = take(running(), lodged[0], AppealAnswered(on=date(2022, 1, 6), appellant=named), lodged[1])
    with pytest.raises(Refusal) as caught:
        cancel(dossier, "f6", of_day(date(2022, 2, 1)), "coordinator")
    assert "f7 (appeal-answered)" in str(caught.value)
    cancel(dossier, "f8", of_day(date(2022, 2, 1)), "coordinator")


def test_what_has_not_happened_yet_is_refused() -> None:
    fact = ActAdopted(on=date(2021, 12, 7))
    assert "n’est pas encore venu" in refused(new(small()), fact, told=at(2021, 12, 6, 23))
