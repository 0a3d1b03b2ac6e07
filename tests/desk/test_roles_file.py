"""The file that says who may come in: what it accepts, whom it recognises, and when it is read again."""

import logging
import os
from pathlib import Path
from typing import Any

import pytest

from echeancier.adapters.sign_in.errors import EmailUnverifiedError, LoginError, UnknownPersonError
from echeancier.desk.sign_in.roles_file import Roles, RolesFileError, load_roles

COORDINATOR = '[[access]]\nemail = "coordination@ville.example"\nrole = "coordinator"\nfunction = "Coordination"\n'
READER = '[[access]]\nemail = "lecture@ville.example"\nrole = "reader"\nfunction = "Lecture"\n'


def written(directory: Path, text: str) -> Path:
    path = directory / "roles.toml"
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text, "utf-8")
    os.utime(path, ns=(before + 1_000_000_000,) * 2)
    return path


def block(**keys: str) -> str:
    return "[[access]]\n" + "".join(f'{key} = "{value}"\n' for key, value in keys.items())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "il faut au moins une ligne dont role = \"coordinator\""),
        (READER, "il faut au moins une ligne dont role = \"coordinator\""),
        (COORDINATOR + COORDINATOR, "access[2]\u00a0: cette personne ou ce groupe est déjà plus haut"),
        (block(email="a@b.example", role="boss", function="Chef"), "coordinator, manager, reader"),
        (block(email="a@b.example", role="reader", function="a@b.example"), "sans adresse"),
        (block(role="reader", function="Chef"), "une seule clé parmi email, sub et group"),
        (block(email="a@b.example", group="g", role="reader", function="Chef"), "une seule clé parmi"),
        (block(emial="a@b.example", role="reader", function="Chef"), "vouliez-vous écrire «\u00a0email\u00a0»"),
        (block(email="a@b.example", role="reader", function="Chef", siret="123"), "quatorze chiffres"),
        (block(email="*", role="reader", function="Tous"), "nom@domaine"),
        (block(email="le\u202ecture@ville.example", role="reader", function="Lecture"), "adresse de courriel invalide"),
        (block(sub="ab\u2066c", role="reader", function="Lecture"), "U+2066"),
        (block(group="g\u202e", role="reader", function="Lecture"), "U+202E"),
        ("[[person]]\n" + COORDINATOR, "seuls des blocs [[access]] sont attendus"),
        ("access = 1\n", "écrire chaque personne dans un bloc [[access]]"),
        ("[[access]\n", "ligne 1"),
    ],
    ids=range(16),
)  # fmt: skip
def test_a_file_that_cannot_serve_says_what_would(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(RolesFileError) as refused:
        load_roles(written(tmp_path, text))
    assert says in str(refused.value)
    assert str(refused.value).startswith("roles.toml")


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RolesFileError, match="le fichier n’existe pas"):
        load_roles(tmp_path / "roles.toml")


@pytest.mark.parametrize(
    ("claims", "function"),
    [
        ({"sub": "s1"}, "Par identifiant"),
        ({"sub": "s1", "email": "direction@ville.example", "email_verified": True}, "Par identifiant"),
        ({"email": "DIRECTION@ville.example", "email_verified": True}, "Par adresse"),
        ({"email": "direction@ville.example", "email_verified": "true"}, "Par adresse"),
        ({"groups": ["autre", "agents"]}, "Par groupe"),
        ({"email": "inconnu@ville.example", "email_verified": False, "groups": ["agents"]}, "Par groupe"),
        (
            {"email": "siret@ville.example", "email_verified": True, "siret": "21380449300013"},
            "Par établissement",
        ),
    ],
    ids=range(7),
)
def test_a_person_is_known_by_identifier_else_address_else_group(
    tmp_path: Path, claims: dict[str, Any], function: str
) -> None:
    text = (
        COORDINATOR
        + block(sub="s1", role="reader", function="Par identifiant")
        + block(group="agents", role="reader", function="Par groupe")
        + block(email="direction@ville.example", role="reader", function="Par adresse")
        + block(email="siret@ville.example", role="reader", function="Par établissement", siret="21380449300013")
    )
    assert Roles(written(tmp_path, text)).known(claims).function == function


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ({}, UnknownPersonError),
        ({"email": "inconnu@ville.example", "email_verified": True}, UnknownPersonError),
        ({"email": "coordination@ville.example", "email_verified": False}, EmailUnverifiedError),
        ({"email": "coordination@ville.example"}, EmailUnverifiedError),
        ({"email": "coordination@ville.example", "email_verified": "false"}, EmailUnverifiedError),
        ({"email": ["coordination@ville.example"], "email_verified": True}, UnknownPersonError),
        ({"email": "", "email_verified": True}, UnknownPersonError),
        ({"sub": ""}, UnknownPersonError),
        ({"groups": "agents-et-autres"}, UnknownPersonError),
    ],
    ids=range(9),
)
def test_nobody_else_is(tmp_path: Path, claims: dict[str, Any], error: type[LoginError]) -> None:
    text = COORDINATOR + block(group="agents", role="reader", function="Agents")
    with pytest.raises(error):
        Roles(written(tmp_path, text)).known(claims)


def test_an_address_denied_is_not_trusted_whatever_the_settings(tmp_path: Path) -> None:
    roles = Roles(written(tmp_path, COORDINATOR), trust_email=True)
    assert roles.known({"email": "coordination@ville.example"}).function == "Coordination"
    with pytest.raises(EmailUnverifiedError):
        roles.known({"email": "coordination@ville.example", "email_verified": False})


def test_the_right_person_of_another_establishment_is_unknown(tmp_path: Path) -> None:
    roles = Roles(written(tmp_path, COORDINATOR + 'siret = "21380449300013"\n'))
    with pytest.raises(UnknownPersonError):
        roles.known({"email": "coordination@ville.example", "email_verified": True, "siret": "21570463400012"})


def test_somebody_taken_off_the_file_is_out_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, COORDINATOR + READER)
    roles = Roles(path)
    key = roles.known({"email": "lecture@ville.example", "email_verified": True}).key
    assert roles.entry(key) is not None
    written(tmp_path, COORDINATOR)
    assert roles.entry(key) is None


def test_somebody_given_another_role_has_it_at_once(tmp_path: Path) -> None:
    roles = Roles(written(tmp_path, COORDINATOR + READER))
    key = roles.known({"email": "lecture@ville.example", "email_verified": True}).key
    written(tmp_path, COORDINATOR + READER.replace("reader", "manager"))
    found = roles.entry(key)
    assert found is not None
    assert found.role == "manager"


def test_a_file_broken_while_the_desk_runs_changes_nothing_and_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    roles = Roles(written(tmp_path, COORDINATOR))
    claims = {"email": "coordination@ville.example", "email_verified": True}
    written(tmp_path, "[[access]\n")
    with caplog.at_level(logging.ERROR):
        assert [roles.known(claims).function for _ in range(3)] == ["Coordination"] * 3
    assert len(caplog.records) == 1
    assert "l’ancien reste en vigueur" in caplog.text


def test_a_line_is_remembered_without_anything_personal(tmp_path: Path) -> None:
    roles = Roles(written(tmp_path, COORDINATOR))
    key = roles.known({"email": "coordination@ville.example", "email_verified": True}).key
    assert len(key) == 64
    assert "ville" not in key


@pytest.mark.parametrize(
    ("written_as", "said_as", "comes_in"),
    [
        ("Kim@Ville.example", "kim@ville.EXAMPLE", True),
        (" kim@ville.example ", "kim@ville.example", True),
        ("kim@ville.example", "\u212aim@ville.example", False),  # the sign of a kelvin, whose small letter is a k
        ("kim@ville.example", "kim@ville.example.evil.example", False),
        ("kim@école.example", "kim@xn--cole-9oa.example", True),
    ],
)
def test_an_address_is_recognised_however_it_is_written_and_no_look_alike_is(
    tmp_path: Path, written_as: str, said_as: str, comes_in: bool
) -> None:
    known = Roles(written(tmp_path, block(email=written_as, role="coordinator", function="Coordination")))
    claims = {"sub": "1", "email": said_as, "email_verified": True}
    if comes_in:
        assert known.known(claims).role == "coordinator"
    else:
        with pytest.raises(UnknownPersonError):
            known.known(claims)
