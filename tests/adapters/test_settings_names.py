"""A misspelt setting is said, with the nearest one that exists: it would otherwise be ignored in silence."""

from pathlib import Path

from adapters.settings import known_names, unknown_settings

NOWHERE = Path("/nonexistent/.env")


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


def test_a_name_like_no_other_is_said_without_a_guess() -> None:
    (said,) = unknown_settings({"ECHEANCIER_ZZZZZZZZZZ": "1"}, NOWHERE)
    assert "Vouliez-vous" not in said


def test_the_file_beside_the_environment_is_looked_at_too(tmp_path: Path) -> None:
    written = tmp_path / ".env"
    written.write_text("# réglages\nECHEANCIER_SENDR=agenda@ville.example\n", encoding="utf-8")
    (said,) = unknown_settings({}, written)
    assert "ECHEANCIER_SENDER ?" in said
