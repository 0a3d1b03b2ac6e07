"""The keys of the links, by the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from echeancier.adapters.keys.link_keys import LinkKeys
from tests.cli.conftest import Told


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ECHEANCIER_DATA", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "var"


def test_a_rotation_says_the_new_key_and_keeps_the_former_ones(type_in: Callable[..., Told], directory: Path) -> None:
    type_in("links", "rotate")
    told = type_in("links", "rotate")
    keys = LinkKeys(directory)
    assert told.code == 0
    assert f"Clé {keys.current().id}" in told.words
    assert "Clés encore reconnues\u00a0: 2." in told.words


def test_a_revocation_leaves_one_key(type_in: Callable[..., Told], directory: Path) -> None:
    type_in("links", "rotate")
    told = type_in("links", "rotate", "--revoke")
    assert "ne valent plus rien" in told.words
    assert len(LinkKeys(directory).kept()) == 1


def test_the_keys_are_listed_without_their_secrets(type_in: Callable[..., Told], directory: Path) -> None:
    type_in("links", "rotate")
    type_in("links", "rotate")
    told = type_in("links", "keys")
    kept = LinkKeys(directory).kept()
    assert [line.split()[0] for line in told.words.splitlines()] == [k.key.id for k in kept]
    assert told.words.splitlines()[-1].endswith("signe les liens")
    assert not [k for k in kept if k.key.secret.hex() in told.words]


def test_without_a_file_the_list_says_how_to_make_one(type_in: Callable[..., Told], directory: Path) -> None:
    del directory
    told = type_in("links", "keys")
    assert told.code == 2
    assert "links rotate" in told.errors


def test_the_pages_alone_ask_for_their_public_address(
    type_in: Callable[..., Told], directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del directory
    monkeypatch.delenv("ECHEANCIER_LINKS_URL", raising=False)
    told = type_in("partners")
    assert told.code == 2
    assert "ECHEANCIER_LINKS_URL" in told.errors
