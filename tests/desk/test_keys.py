"""What the desk signs with: kept, changed, believed or not."""

import json
import os
import stat
from pathlib import Path

import pytest

from echeancier.desk.sign_in.secrets import KeysError, SessionKeys


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk" / "keys.json"


def test_what_was_signed_before_a_restart_is_believed_after(path: Path) -> None:
    signed = SessionKeys.kept_in(path).sign("session", "value")
    assert SessionKeys.kept_in(path).read("session", signed) == "value"


def test_a_signature_holds_for_one_purpose(path: Path) -> None:
    keys = SessionKeys.kept_in(path)
    assert keys.read("way-in", keys.sign("session", "value")) is None
    assert not keys.agrees("form", "visit", keys.seal("session", "visit"))


@pytest.mark.parametrize("forged", ["", ".", "value", "k0.value", "k0.value.signature", "é.é.é"])
def test_what_we_did_not_sign_is_not_read(path: Path, forged: str) -> None:
    keys = SessionKeys.kept_in(path)
    assert keys.read("session", forged) is None
    assert not keys.agrees("form", "visit", forged)


def test_a_value_changed_after_it_was_signed_is_not_read(path: Path) -> None:
    keys = SessionKeys.kept_in(path)
    assert keys.read("session", keys.sign("session", "value").replace("value", "other")) is None


def test_a_new_key_signs_and_the_former_is_still_believed(path: Path) -> None:
    keys = SessionKeys.kept_in(path)
    before = keys.sign("session", "value")
    keys.renew(forget=False)
    after = keys.sign("session", "value")
    assert after.partition(".")[0] != before.partition(".")[0]
    assert [keys.read("session", one) for one in (before, after)] == ["value", "value"]


def test_a_key_forgotten_makes_everything_it_signed_worthless_in_the_running_desk_too(path: Path) -> None:
    running, other = SessionKeys.kept_in(path), SessionKeys.kept_in(path)
    signed = running.sign("session", "value")
    other.renew(forget=True)
    assert running.read("session", signed) is None
    assert other.read("session", running.sign("session", "value")) == "value"


def test_the_file_is_its_owners_only_whatever_the_mask(path: Path) -> None:
    before = os.umask(0)
    try:
        SessionKeys.kept_in(path).renew(forget=False)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["keys.json"]


@pytest.mark.parametrize("text", ["", "{}", '{"keys": []}', '{"keys": [{"id": "a", "secret": "00"}]}', "[1]"])
def test_a_file_that_is_not_ours_is_refused_with_what_to_do(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    with pytest.raises(KeysError, match="le supprimer en fait un neuf"):
        SessionKeys.kept_in(path)


def test_the_file_names_each_key(path: Path) -> None:
    SessionKeys.kept_in(path).renew(forget=False)
    keys = json.loads(path.read_text("utf-8"))["keys"]
    assert len({key["id"] for key in keys}) == 2
