"""`echeancier keys`: made, looked at, renewed; never shown."""

from pathlib import Path

import pytest

from tests.support.keys import ring_of
from tests.support.running import command


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "var"


async def test_init_makes_the_master_key_once_and_says_where(directory: Path) -> None:
    first = await command(directory, "keys", "init")
    second = await command(directory, "keys", "init")
    assert first.code == second.code == 0
    assert f"Clé maîtresse créée : {directory}.key" in first.out.replace("\u00a0", " ")
    assert f"est là : {directory}.key" in second.out.replace("\u00a0", " ")


async def test_one_key_or_all_of_them_are_renewed(directory: Path) -> None:
    ring = ring_of(directory)
    for reference in ("SQF-P", "OTHER"):
        ring.admit(reference)
    assert (await command(directory, "keys", "rotate", "SQF-P")).code == 0
    assert (await command(directory, "keys", "rotate", "--all")).code == 0
    listed = (await command(directory, "keys", "list", "--json")).json()
    assert listed == [
        {"owner": "OTHER", "keys": [1, 2]},
        {"owner": "SQF-P", "keys": [1, 2, 3]},
        {"owner": "_house", "keys": [1, 2]},
    ]


@pytest.mark.parametrize("words", [(), ("SQF-P", "--all"), ("UNKNOWN",)])
async def test_what_cannot_be_renewed_is_refused_in_words(directory: Path, words: tuple[str, ...]) -> None:
    ring_of(directory).admit("SQF-P")
    refused = await command(directory, "keys", "rotate", *words)
    assert refused.code == 2
    assert refused.err.strip()


async def test_without_its_master_key_a_command_says_what_is_missing(directory: Path) -> None:
    refused = await command(directory, "keys", "list")
    assert refused.code == 2
    assert f"La clé maîtresse {directory}.key manque" in refused.err
