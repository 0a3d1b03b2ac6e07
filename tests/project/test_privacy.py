"""No real person, address, number or account stands in the project."""

import base64

import pytest

from tests.support.privacy import findings
from tests.support.project_files import ROOT, project_files, text_of

AT = "@"
PLUS = "+"

PLANTED = {
    "town address": f"accueil{AT}mairie-quelconque" + ".fr",
    "address in an address field": f"To: Relais <relais{AT}ville" + ".fr>",
    "reserved for other uses": f"someone{AT}example" + ".org",
    "spaced number": "04 " + "00 00 00 01",
    "dotted number": "04." + "00.00.00.01",
    "plain number": "04" + "00000001",
    "international number": f"{PLUS}33 4 " + "00 00 00 01",
    "international number with a zero": f"{PLUS}33 (0)4 " + "00 00 00 01",
    "account": "FR" + "76 0000 0000 0000 0000 0000 000",
    "start of an account": "FR" + "760000",
    "index option": "pip install --extra-" + "index-url somewhere",
    "index host": "https://pypi" + ".org/simple",
    "npm lock": '"resolved": ' + '"https://somewhere"',
    "home folder": "/ho" + "me/agent/projet",
    "inside a recorded payload": '{"data": "'
    + base64.b64encode(f'{{"to": "a{AT}b'.encode() + b'.fr"}').decode()
    + '"}',
}

HARMLESS = [
    "coordination@ville.example",
    "<reunion-2022.1@conventions.ville.example>",
    "@workflow.defn",
    "DTSTART;VALUE=DATE:20220104",
    "01.02.2021 10:30",
    "SIRET 00000000000000",
    "0.0512345678",
    "actions/checkout@v4.1.2",
    "the root/home of the matter",
]


@pytest.mark.parametrize("sample", PLANTED.values(), ids=PLANTED.keys())
def test_the_detector_catches_what_is_planted(sample: str) -> None:
    assert list(findings(sample))


@pytest.mark.parametrize("sample", HARMLESS)
def test_the_detector_lets_ordinary_text_pass(sample: str) -> None:
    assert list(findings(sample)) == []


def test_the_project_names_no_real_address_number_account_or_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {finding}" for path in project_files() for finding in findings(text_of(path) or "")
    ]
    assert found == []
