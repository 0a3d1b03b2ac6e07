"""A postal address is written as on an envelope."""

import pytest
from pydantic import ValidationError

from echeancier.domain.terms.parties import Party


def party(*lines: str) -> Party:
    return Party(name="Ville", kind="commune", postal=lines)


def test_a_usual_address_is_taken() -> None:
    assert party("Ville d’Exemple", "Hôtel de ville", "00000 VILLE-EXEMPLE").postal[-1] == "00000 VILLE-EXEMPLE"


def test_no_address_is_taken_too() -> None:
    assert party().postal == ()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("Ville",), "2 à 6 lignes"),
        (("a",) * 6 + ("00000 VILLE",), "2 à 6 lignes"),
        (("x" * 39, "00000 VILLE"), "38 caractères"),
        (("", "00000 VILLE"), "38 caractères"),
        (("a\nb", "00000 VILLE"), "38 caractères"),
        (("Mairie", "00000 Ville"), "capitales"),
    ],
)
def test_what_does_not_hold_in_a_window_is_refused(lines: tuple[str, ...], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        party(*lines)
