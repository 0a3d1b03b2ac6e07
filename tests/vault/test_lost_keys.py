"""A convention's key is lost: no other is ever made, it is named everywhere, and the other conventions live on."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from echeancier.adapters.keys.key_ring import KeyRing
from echeancier.adapters.keys.master_key import read_master_key
from echeancier.domain.running.keys import HOUSE, KeyLostError
from tests.domain import builders as b
from tests.support.processes import until
from tests.support.running import Run, command, run
from tests.vault.stage import convention, installation

pytestmark = pytest.mark.timeout(240)

PLACES = ("TEST-1", "NEXT")


async def registered(directory: Path) -> None:
    """Two conventions, known to the engine and to a worker."""
    async with installation(directory) as place, place.working():
        for reference in PLACES:
            made = convention(reference).model_copy(update={"roles": b.convention().roles})
            await place.door.start(made, "coordinator")
            for fact in b.signed("2022-01-03"):
                await place.door.record(reference, fact, "coordinator")


def missing(directory: Path) -> None:
    (directory / "keys" / "TEST-1.json").unlink()


def damaged(directory: Path) -> None:
    (directory / "keys" / "TEST-1.json").write_text("{}")


def another(directory: Path) -> None:
    """A well-formed file of the same name and the same master key, with another key."""
    elsewhere = directory.parent / "elsewhere"
    ring = KeyRing(elsewhere, read_master_key(directory.parent / f"{directory.name}.key"))
    ring.admit("TEST-1")
    (directory / "keys" / "TEST-1.json").write_bytes((elsewhere / "TEST-1.json").read_bytes())


def of_another_convention(directory: Path) -> None:
    (directory / "keys" / "TEST-1.json").write_bytes((directory / "keys" / "NEXT.json").read_bytes())


def emptied(directory: Path) -> None:
    (directory / "keys" / "TEST-1.json").write_bytes(b"")


async def health(running: Run) -> dict[str, object]:
    """What a monitor outside reads once the first round was made."""
    await until(lambda: "Bureau : " in running.said())
    address = running.said().split("Bureau : ")[1].split()[0]
    found: dict[str, object] = {}
    async with httpx.AsyncClient(base_url=address) as client:
        for _ in range(600):
            found = (await client.get("/healthz")).json()
            if found["status"] != "no-round-yet":
                break
    return found


@pytest.mark.parametrize("spoil", [missing, damaged, emptied, of_another_convention, another])
async def test_it_is_named_at_the_start_in_healthz_and_on_the_desk_and_the_others_live_on(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    directory = tmp_path / "var"
    await registered(directory)
    kept = directory / "keys" / "TEST-1.json"
    spoil(directory)
    spoilt = kept.read_bytes() if kept.exists() else None
    async with run(directory, ECHEANCIER_DESK_PORT="0", ECHEANCIER_HEARTBEAT__MINUTES="1") as running:
        await until(lambda: "La clé de « TEST-1 » manque" in running.said())
        shown = await command(directory, "show", "TEST-1")
        listed = await command(directory, "list", "--json")
        told = await command(directory, "record", "--all", "contract-publicised", "--on", "2022-01-04")
        again = await command(directory, "show", "NEXT", "--json")
        digest = await command(directory, "digest", "--dry-run")
        found = await health(running)
        address = running.said().split("Bureau : ")[1].split()[0]
        async with httpx.AsyncClient(base_url=address) as client:
            page = (await client.get("/")).text.replace("\u00a0", " ")
        assert (kept.read_bytes() if kept.exists() else None) == spoilt  # and nothing made it anew
    assert shown.code == 2
    assert "La clé de « TEST-1 » manque ou ne convient pas" in shown.err
    assert "TEST-1.json" in shown.err
    assert sorted(row["reference"] for row in listed.json()) == sorted(PLACES)
    assert told.code == 2
    assert "La clé de « TEST-1 »" in told.err
    assert "NEXT : enregistré" in told.out.replace("\u00a0", " ")
    assert "contract-publicised" in again.out
    assert digest.code == 0
    assert "TEST-1" in digest.out
    assert (found["status"], found["keys_missing"]) == ("keys-missing", 1)
    assert "La clé de « TEST-1 » manque" in page


async def test_registering_it_again_makes_no_key_either_and_put_back_it_is_read_again(tmp_path: Path) -> None:
    directory = tmp_path / "var"
    kept = directory / "keys" / "TEST-1.json"
    async with installation(directory) as place, place.working():
        await place.door.start(convention(), "coordinator")
        right = kept.read_bytes()
        missing(directory)
        with pytest.raises(KeyLostError, match="TEST-1"):
            await place.door.start(convention(), "coordinator")
        assert not kept.exists()
        assert await place.door.keyless() == ("TEST-1",)
        kept.write_bytes(right)
        assert await place.door.keyless() == ()
        assert (await place.door.dossier("TEST-1")).convention.reference == "TEST-1"


async def test_without_the_house_s_key_the_start_is_refused_and_no_other_is_made(tmp_path: Path) -> None:
    directory = tmp_path / "var"
    await registered(directory)
    for file in (directory / "keys").glob("*.json"):
        file.unlink()
    refused = await command(directory, "run", ECHEANCIER_DESK_PORT="0")
    assert refused.code == 2
    assert "La clé de la maison" in refused.err
    assert not (directory / "keys" / f"{HOUSE}.json").exists()
