"""French as a printer sets it, from words typed in a file."""

import pytest

from echeancier.domain.typography import french, in_language

NB = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("l'envoi d'une lettre", "l’envoi d’une lettre"),
        ("trois points: un", f"trois points{NB}: un"),
        ("trois points : un", f"trois points{NB}: un"),
        ("Quand?", f"Quand{NB}?"),
        ("« à minima »", f"«{NB}à minima{NB}»"),
        ("«à minima»", f"«{NB}à minima{NB}»"),
        ("n° 42, art. 7", f"n°{NB}42, art.{NB}7"),
        ("10\u202fh\u202f30", f"10{NB}h{NB}30"),
        ("à 10:30 précises", "à 10:30 précises"),
        ("voir https://ville.example/?a=1;b=2 : ici", f"voir https://ville.example/?a=1;b=2{NB}: ici"),
        (f"déjà{NB}: fait", f"déjà{NB}: fait"),
        (" : suite", f"{NB}: suite"),
        ("un (deux) ; trois", f"un (deux){NB}; trois"),
    ],
)
def test_french_is_set_as_printed(typed: str, printed: str) -> None:
    assert french(typed) == printed
    assert french(printed) == printed


def test_english_is_left_as_typed() -> None:
    assert in_language("three points: one", "en") == "three points: one"
