"""A paper sent round, and a refusal to sign, at the door."""

from datetime import date

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.signing import SignatureCirculated, SignatureRefused, Signed
from tests.support.door import new, refused, small, take, voted


def refusal(day: int = 13, **more: object) -> SignatureRefused:
    return SignatureRefused.model_validate(
        {"on": date(2021, 12, day), "party": "operator", "reason": "le préavis", **more}
    )


def executory() -> Dossier:
    return voted(new(small()), date(2021, 12, 6), date(2021, 12, 9))


def test_nothing_goes_round_before_the_vote() -> None:
    assert "act-adopted" in refused(new(small()), SignatureCirculated(on=date(2021, 12, 13)))
    assert "act-adopted" in refused(new(small()), refusal())


def test_a_day_to_gather_by_before_the_prudent_day_is_refused_with_the_first_that_would_do() -> None:
    words = refused(executory(), SignatureCirculated(on=date(2021, 12, 9), gather_by=date(2021, 12, 9)))
    assert "vendredi 10 décembre 2021" in words


def test_what_all_have_signed_does_not_go_round_any_more() -> None:
    dossier = executory()
    take(dossier, Signed(on=date(2021, 12, 14), party="commune"))
    take(dossier, Signed(on=date(2021, 12, 14), party="operator"))
    assert "amended" in refused(dossier, SignatureCirculated(on=date(2021, 12, 15)))


def test_a_refusal_needs_its_reason() -> None:
    assert "motif" in refused(executory(), refusal(reason=" "))


def test_who_has_signed_does_not_refuse() -> None:
    dossier = take(executory(), Signed(on=date(2021, 12, 10), party="operator"))
    assert "a signé le" in refused(dossier, refusal())


def test_the_same_refusal_is_not_recorded_twice_but_may_be_repeated_once_it_goes_round_again() -> None:
    dossier = take(executory(), refusal())
    assert "f4" in refused(dossier, refusal(14))
    take(dossier, SignatureCirculated(on=date(2021, 12, 15)))
    take(dossier, refusal(16))
    assert len(dossier.facts) == 6


def test_after_a_new_text_whoever_had_signed_may_sign_again() -> None:
    dossier = take(executory(), Signed(on=date(2021, 12, 10), party="commune"))
    assert "déjà enregistrée" in refused(dossier, Signed(on=date(2021, 12, 16), party="commune"))
    take(dossier, SignatureCirculated(on=date(2021, 12, 15), new_text=True))
    take(dossier, Signed(on=date(2021, 12, 16), party="commune"))
    assert len(dossier.facts) == 6
