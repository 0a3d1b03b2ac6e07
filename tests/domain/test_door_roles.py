"""An absence, a successor, at the door."""

import pytest

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.people import Away, RoleChanged
from echeancier.domain.recording import Refusal, admit, parse_fact
from tests.domain.builders import at, convention, d


def dossier() -> Dossier:
    terms = convention()
    partner = terms.roles["partner"].model_copy(update={"substitute": "partner-data"})
    terms = terms.model_copy(update={"roles": {**terms.roles, "partner": partner}})
    return Dossier(convention=terms, registered_at=at("2022-01-03"), registered_by="coordinator")


def refused(fact: Away | RoleChanged) -> str:
    with pytest.raises(Refusal) as caught:
        admit(dossier(), fact, at("2022-02-01"), "coordinator")
    return str(caught.value)


def test_an_absence_to_come_is_accepted() -> None:
    fact = Away(role="partner", on=d("2022-07-01"), until=d("2022-07-31"))
    assert admit(dossier(), fact, at("2022-02-01"), "coordinator").fact == fact


def test_a_change_to_come_is_accepted() -> None:
    fact = RoleChanged(role="partner", address="suite@operateur.example", on=d("2022-03-01"))
    assert admit(dossier(), fact, at("2022-02-01"), "coordinator").fact == fact


def test_an_absence_that_ends_before_it_begins_is_refused() -> None:
    assert "dernier jour d’absence" in refused(Away(role="partner", on=d("2022-07-31"), until=d("2022-07-01")))


def test_an_absence_of_a_role_without_a_substitute_is_refused_with_what_to_do() -> None:
    why = refused(Away(role="referent", on=d("2022-07-01"), until=d("2022-07-31")))
    assert "n’a pas de remplaçant" in why
    assert "role-changed" in why


@pytest.mark.parametrize(
    "fact",
    [
        Away(role="partnr", on=d("2022-07-01"), until=d("2022-07-31")),
        RoleChanged(role="partnr", address="suite@operateur.example", on=d("2022-02-01")),
    ],
)
def test_a_role_that_does_not_exist_is_refused_and_the_nearest_named(fact: Away | RoleChanged) -> None:
    assert "« partner »" in refused(fact).replace("\u00a0", " ")


def test_an_address_that_cannot_be_one_is_refused() -> None:
    told = {"kind": "role-changed", "role": "partner", "address": "agence", "on": d("2022-02-01")}
    with pytest.raises(Refusal, match="n’est pas une adresse électronique"):
        parse_fact(told)


def test_a_change_to_the_same_address_is_refused() -> None:
    fact = RoleChanged(role="partner", address="AGENCE@operateur.example", on=d("2022-02-01"))
    assert "rien ne change" in refused(fact)
