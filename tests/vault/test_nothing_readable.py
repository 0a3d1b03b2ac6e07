"""A name and an address are looked for in everything that is kept: found without keys, nowhere with them."""

from pathlib import Path

import pytest

from tests.support.runs import runs_of
from tests.support.sealed import sealed_by
from tests.vault.stage import ADDRESS, NAME, SECRETS, SPOKEN, Installation, found_in, installation
from workflows.ids import convention_id

pytestmark = pytest.mark.timeout(240)

CAPTURED = ("mails/", "drafts/")
"""The mailbox of a trial, mail that has left as whoever received it would keep it; and what is being typed on the desk."""


async def lived(place: Installation) -> None:
    async with place.working():
        await place.lived()
        await place.until(lambda d: any(m.address == ADDRESS and m.status == "accepted" for m in d.outbox))


async def test_without_keys_the_search_finds_them_in_the_engine_s_file_and_in_the_documents(
    tmp_path: Path,
) -> None:
    directory = tmp_path / "var"
    async with installation(directory, sealed=False) as place:
        await lived(place)
        found = found_in(directory, NAME, ADDRESS, SPOKEN, but=CAPTURED)
    assert any(name.startswith("engine.db") for name in found)
    assert any(name.startswith("documents/TEST-1/mail/") for name in found)


async def test_with_keys_they_are_nowhere_from_the_start(tmp_path: Path) -> None:
    directory = tmp_path / "var"
    async with installation(directory) as place:
        await lived(place)
        assert found_in(directory, *SECRETS, but=CAPTURED) == set()
    assert found_in(directory, *SECRETS, but=CAPTURED) == set()
    assert found_in(directory, NAME, ADDRESS) != set()  # the captured mail itself: the search is not blind


async def test_every_payload_but_the_search_attributes_is_sealed_with_the_convention_s_own_key(
    tmp_path: Path,
) -> None:
    async with installation(tmp_path / "var") as place:
        await lived(place)
        found = sealed_by(await runs_of(place.client, convention_id("TEST-1")))
    assert found
    assert set().union(*found.values()) == {"TEST-1"}, found
