"""A convention's key is lost: no other is ever made, it is named everywhere, and the other conventions live on."""

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


def missing(directory: Path, reference: str) -> None:
    (directory / "keys" / f"{reference}.json").unlink()


def damaged(directory: Path, reference: str) -> None:
    (directory / "keys" / f"{reference}.json").write_text("{}")


def another(directory: Path, reference: str) -> None:
    """A well-formed file of the same name and the same master key, with another key."""
    elsewhere = directory.parent / "elsewhere"
    ring = KeyRing(elsewhere, read_master_key(directory.parent / f"{directory.name}.key"))
    ring.admit(reference)
    (directory / "keys" / f"{reference}.json").write_bytes((elsewhere / f"{reference}.json").read_bytes())


def of_another_convention(directory: Path, reference: str) -> None:
    (directory / "keys" / f"{reference}.json").write_bytes((directory / "keys" / "NEXT.json").read_bytes())


def emptied(directory: Path, reference: str) -> None:
    (directory / "keys" / f"{reference}.json").write_bytes(b"")


LOST = {"M-1": missing, "D-1": damaged, "A-1": another, "O-1": of_another_convention, "E-1": emptied}
"""How each convention loses its key."""


async def registered(directory: Path, *references: str) -> None:
    """Conventions, known to the engine and to a worker."""
    async with installation(directory) as place, place.working():
        for reference in references:
            made = convention(reference).model_copy(update={"roles": b.convention().roles})
            await place.door.start(made, "coordinator")
            for fact in b.signed("2022-01-03"):
                await place.door.record(reference, fact, "coordinator")


def keys_in(directory: Path) -> dict[str, bytes]:
    """What stands in the files of the keys."""
    return {file.name: file.read_bytes() for file in (directory / "keys").glob("*.json")}


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


async def test_it_is_named_at_the_start_in_healthz_and_on_the_desk_and_the_others_live_on(tmp_path: Path) -> None:
    directory = tmp_path / "var"
    await registered(directory, *LOST, "NEXT")
    for reference, lose in LOST.items():
        lose(directory, reference)
    spoilt = keys_in(directory)
    async with run(directory, ECHEANCIER_DESK_PORT="0", ECHEANCIER_HEARTBEAT__MINUTES="1") as running:
        await until(lambda: all(f"La clé de « {reference} » manque" in running.said() for reference in LOST))
        shown = {reference: await command(directory, "show", reference) for reference in LOST}
        listed = await command(directory, "list", "--json")
        told = await command(directory, "record", "--all", "contract-publicised", "--on", "2022-01-04")
        again = await command(directory, "show", "NEXT", "--json")
        digest = await command(directory, "digest", "--dry-run")
        found = await health(running)
        address = running.said().split("Bureau : ")[1].split()[0]
        async with httpx.AsyncClient(base_url=address) as client:
            page = (await client.get("/")).text.replace("\u00a0", " ")
        assert keys_in(directory) == spoilt  # and nothing made one anew
    for reference, said in shown.items():
        assert said.code == 2
        assert f"La clé de « {reference} » manque ou ne convient pas" in said.err
        assert f"{reference}.json" in said.err
        assert f"La clé de « {reference} »" in told.err
        assert reference in digest.out
        assert f"La clé de « {reference} » manque" in page
    assert sorted(row["reference"] for row in listed.json()) == sorted((*LOST, "NEXT"))
    assert told.code == 2
    assert "NEXT : enregistré" in told.out.replace("\u00a0", " ")
    assert "contract-publicised" in again.out
    assert digest.code == 0
    assert (found["status"], found["keys_missing"]) == ("keys-missing", len(LOST))


async def test_registering_it_again_makes_no_key_either_and_put_back_it_is_read_again(tmp_path: Path) -> None:
    directory = tmp_path / "var"
    kept = directory / "keys" / "TEST-1.json"
    async with installation(directory) as place, place.working():
        await place.door.start(convention(), "coordinator")
        right = kept.read_bytes()
        missing(directory, "TEST-1")
        with pytest.raises(KeyLostError, match="TEST-1"):
            await place.door.start(convention(), "coordinator")
        assert not kept.exists()
        assert await place.door.keyless() == ("TEST-1",)
        kept.write_bytes(right)
        assert await place.door.keyless() == ()
        assert (await place.door.dossier("TEST-1")).convention.reference == "TEST-1"


async def test_without_the_house_s_key_the_start_is_refused_and_no_other_is_made(tmp_path: Path) -> None:
    directory = tmp_path / "var"
    await registered(directory, "TEST-1")
    for file in (directory / "keys").glob("*.json"):
        file.unlink()
    refused = await command(directory, "run", ECHEANCIER_DESK_PORT="0")
    assert refused.code == 2
    assert "La clé de la maison" in refused.err
    assert not (directory / "keys" / f"{HOUSE}.json").exists()
