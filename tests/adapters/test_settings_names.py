"""A misspelt setting is said, with the nearest one that exists: it would otherwise be ignored in silence."""

import re
from pathlib import Path

from echeancier.adapters.settings import known_names, unknown_settings
from tests.support.project_files import ROOT

NOWHERE = Path("/nonexistent/.env")

NOT_SETTINGS = frozenset[str]()
"""Named by a page, read by the tests and not by the program."""


def test_a_single_underscore_is_said_with_the_name_that_was_meant() -> None:
    (said,) = unknown_settings({"ECHEANCIER_SMTP_HOST": "relais.example"}, NOWHERE)
    assert "ECHEANCIER_SMTP_HOST n’existe pas" in said
    assert "ECHEANCIER_SMTP__HOST ?" in said


def test_no_value_is_repeated_since_it_may_be_a_password() -> None:
    (said,) = unknown_settings({"ECHEANCIER_SMTP_PASSWORD": "secret"}, NOWHERE)
    assert "secret" not in said


def test_every_setting_there_is_and_every_other_variable_are_left_in_peace() -> None:
    environment = dict.fromkeys((*known_names(), "PATH", "TEMPORAL_ADDRESS"), "")
    assert unknown_settings(environment, NOWHERE) == ()


def test_every_setting_that_a_page_names_is_read() -> None:
    pages = [
        ROOT / "README.md",
        ROOT / "SECURITY.md",
        ROOT / "docker-compose.yml",
        *(ROOT / "docs").glob("*.md"),
    ]
    said = " ".join(page.read_text("utf-8") for page in pages)
    named = set(re.findall(r"ECHEANCIER_[A-Z][A-Z_]*[A-Z]", said)) - NOT_SETTINGS
    groups = {name.partition("__")[0] for name in known_names()}
    assert {name for name in named if name not in known_names() and name not in groups} == set()


def test_a_name_like_no_other_is_said_without_a_guess() -> None:
    (said,) = unknown_settings({"ECHEANCIER_ZZZZZZZZZZ": "1"}, NOWHERE)
    assert "Vouliez-vous" not in said


def test_the_file_beside_the_environment_is_looked_at_too(tmp_path: Path) -> None:
    written = tmp_path / ".env"
    written.write_text("# réglages\nECHEANCIER_SENDR=agenda@ville.example\n", encoding="utf-8")
    (said,) = unknown_settings({}, written)
    assert "ECHEANCIER_SENDER ?" in said
