"""Signatures at the door: the gate of the act, the parent, the term."""

from datetime import date

import pytest

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.facts.act import ActAdopted, ActPublished
from echeancier.domain.facts.parent import ParentEnds, ParentSigned
from echeancier.domain.facts.signing import ContractPublicised, Signed
from tests.support.door import at, example, new, refused, running, small, take, voted


def signed(day: int, **more: object) -> Signed:
    return Signed.model_validate({"on": date(2021, 12, day), "party": "commune", **more})


def test_nobody_signs_before_the_vote_is_recorded() -> None:
    assert "act-adopted" in refused(new(small()), Signed(on=date(2021, 12, 15), party="operator"))


def test_the_operator_does_not_sign_before_the_vote() -> None:
    dossier = take(new(small()), ActAdopted(on=date(2021, 12, 6)))
    assert "précéderait le vote" in refused(dossier, Signed(on=date(2021, 12, 3), party="operator"))


def test_the_operator_may_sign_first_once_the_act_is_voted() -> None:
    dossier = take(new(small()), ActAdopted(on=date(2021, 12, 6)), Signed(on=date(2021, 12, 7), party="operator"))
    assert len(dossier.facts) == 2


def test_the_authority_does_not_sign_while_the_act_is_not_transmitted() -> None:
    dossier = take(new(small()), ActAdopted(on=date(2021, 12, 6)), ActPublished(on=date(2021, 12, 9)))
    assert refused(dossier, signed(15)).count("act-") == 1


def test_a_signature_before_the_act_is_executory_is_refused_with_the_first_prudent_day() -> None:
    dossier = example("sqf-p", with_facts=False)
    voted(dossier, date(2021, 4, 12), date(2021, 4, 16))
    words = refused(dossier, Signed(on=date(2021, 4, 15), party="commune"))
    assert "Première date prudente : lundi 19 avril 2021" in words


def test_a_signature_on_the_executory_day_is_refused() -> None:
    dossier = voted(new(small()), date(2021, 12, 6), date(2021, 12, 9))
    assert "vendredi 10 décembre 2021" in refused(dossier, signed(9))


def test_a_signature_on_the_executory_day_is_taken_when_the_receipt_came_first() -> None:
    dossier = voted(new(small()), date(2021, 12, 6), date(2021, 12, 9))
    take(dossier, signed(9, note="AR à 9 h 12, signature à 16h30"))
    assert len(dossier.facts) == 4


@pytest.mark.parametrize("note", ["AR à 16 h 30, signature à 9 h 12", "signature à 16 h 30", "date supposée"])
def test_a_note_that_does_not_show_the_receipt_first_opens_nothing(note: str) -> None:
    dossier = voted(new(small()), date(2021, 12, 6), date(2021, 12, 9))
    assert "contesté" in refused(dossier, signed(9, note=note))


def test_a_signature_that_already_happened_too_early_is_kept_with_a_permanent_alert() -> None:
    dossier = take(voted(new(small()), date(2021, 12, 6), date(2021, 12, 9)), signed(8, irregular=True))
    found = agenda(dossier.convention, tuple(dossier.facts), at(2022, 1, 3))
    assert [w.permanent for w in found.warnings if w.id == "signed-irregularly/commune"] == [True]


def test_a_regular_signature_is_not_recorded_as_irregular() -> None:
    dossier = voted(new(small()), date(2021, 12, 6), date(2021, 12, 9))
    assert "régulière" in refused(dossier, signed(10, irregular=True))


def test_an_unknown_party_is_refused_with_the_nearest() -> None:
    dossier = voted(new(small()), date(2021, 12, 6), date(2021, 12, 9))
    assert "« operator »" in refused(dossier, Signed(on=date(2021, 12, 15), party="operateur"))


def test_a_party_does_not_sign_twice() -> None:
    assert "corriger f4" in refused(running(), signed(20))


def test_an_annex_is_not_signed_before_its_parent_is_known_to_be() -> None:
    dossier = voted(example("mtz-a", with_facts=False), date(2021, 3, 11), date(2021, 3, 16))
    assert "parent-signed" in refused(dossier, Signed(on=date(2021, 3, 20), party="ville"))


def test_an_annex_signed_before_its_parent_is_refused() -> None:
    dossier = voted(example("mtz-a", with_facts=False), date(2021, 3, 11), date(2021, 3, 16))
    take(dossier, ParentSigned(on=date(2021, 3, 25)))
    words = refused(dossier, Signed(on=date(2021, 3, 20), party="ville"), told=at(2021, 3, 26))
    assert "jeudi 25 mars 2021" in words


def test_a_convention_signed_after_its_printed_end_has_an_empty_term() -> None:
    dossier = example("tcm-d", with_facts=False)
    voted(dossier, date(2019, 12, 11), date(2019, 12, 16))
    take(dossier, Signed(on=date(2020, 12, 18), party="metropole"))
    words = refused(dossier, Signed(on=date(2021, 1, 5), party="operateur"))
    assert "jeudi 31 décembre 2020" in words


def test_a_convention_signed_on_its_last_day_is_taken() -> None:
    dossier = voted(example("tcm-d", with_facts=False), date(2019, 12, 11), date(2019, 12, 16))
    take(dossier, Signed(on=date(2020, 12, 31), party="metropole"))
    assert len(dossier.facts) == 4


def test_an_annex_is_not_signed_once_its_parent_has_ended() -> None:
    dossier = voted(example("ida-o", with_facts=False), date(2024, 4, 15), date(2024, 4, 18))
    take(dossier, ParentEnds(on=date(2024, 4, 25)), told=at(2024, 4, 20))
    assert "convention mère a fini" in refused(dossier, Signed(on=date(2024, 4, 29), party="commune"))


def test_publicity_waits_for_every_signature() -> None:
    dossier = take(voted(new(small()), date(2021, 12, 6), date(2021, 12, 9)), signed(15))
    assert "operator" in refused(dossier, ContractPublicised(on=date(2021, 12, 20)))


def test_publicity_does_not_precede_the_last_signature() -> None:
    assert "mercredi 15 décembre 2021" in refused(running(), ContractPublicised(on=date(2021, 12, 14)))
