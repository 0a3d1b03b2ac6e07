"""A closed file is purged at its own date, once somebody answers for it; then nothing of it is left, anywhere."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pdfplumber
import pytest

from echeancier.adapters.keys.key_ring import KeyRing
from echeancier.adapters.keys.link_keys import LinkKeys
from echeancier.adapters.keys.master_key import read_master_key
from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.domain.afterwards.purge import PurgeState
from echeancier.domain.afterwards.purge_record import PurgedError
from echeancier.domain.running.keys import HOUSE, KeyGoneError, Sealed
from echeancier.engine.gateway import RefusedError
from tests.adapters.replies import mail, return_address
from tests.support.runs import runs_of
from tests.support.sealed import sealed_by
from tests.vault.stage import NAME, SECRETS, SPOKEN, Installation, convention, found_in, installation
from workflows.ids import convention_id, purge_id

pytestmark = pytest.mark.timeout(300)

A_MONTH = timedelta(days=31)


async def closed(place: Installation, reference: str = "TEST-1") -> PurgeState:
    """Live, withdraw, and wait until the coordinator was asked for the purge."""
    async with place.working():
        await place.lived(reference)
        await place.withdraw(reference)
        return await place.purge_once(lambda state: len(state.asked) == 1, reference)


async def purged(place: Installation, reference: str = "TEST-1") -> None:
    """Confirm, let the calendar come to the file's own date, and wait until everything is done."""
    place.later(A_MONTH)
    async with place.working():
        await place.purges.decide(reference, "confirm", "coordinator", "visa")
        await place.purge_once(lambda state: state.step == "purged", reference)


async def test_the_coordinator_is_asked_as_the_file_closes_and_told_how_to_answer(tmp_path: Path) -> None:
    async with installation(tmp_path / "var") as place:
        await closed(place)
        asked = [raw for raw in place.captured() if "Confirmez la destruction de ce dossier" in raw]
    assert len(asked) == 1
    assert "la personne qui tient Échéancier" in " ".join(asked[0].split())
    assert "février" in asked[0]


async def test_without_an_answer_nothing_is_destroyed_and_it_is_asked_again(tmp_path: Path) -> None:
    async with installation(tmp_path / "var") as place:
        await closed(place)
        place.later(A_MONTH)
        async with place.working():
            state = await place.purge_once(lambda state: len(state.asked) == 2, nudge=True)
            assert state.step == "waiting"
            assert (await place.door.dossier("TEST-1")).closed_at is not None


async def test_confirmed_before_its_date_it_waits_for_its_date(tmp_path: Path) -> None:
    async with installation(tmp_path / "var") as place:
        await closed(place)
        async with place.working():
            state = await place.purges.decide("TEST-1", "confirm", "coordinator", "no-visa")
            assert state.step == "waiting"
            assert (await place.door.dossier("TEST-1")).closed_at is not None


async def test_a_litigation_holds_the_file_whatever_was_confirmed(tmp_path: Path) -> None:
    async with installation(tmp_path / "var") as place:
        await closed(place)
        async with place.working():
            await place.purges.decide("TEST-1", "confirm", "coordinator", "visa")
            await place.purges.decide("TEST-1", "hold", "coordinator")
            with pytest.raises(RefusedError, match="contentieux"):
                await place.purges.decide("TEST-1", "confirm", "coordinator", "visa")
            state = await place.purges.decide("TEST-1", "release", "coordinator")
            assert state.confirmed is None
            with pytest.raises(RefusedError, match="rien ne retient"):
                await place.purges.decide("TEST-1", "release", "coordinator")


async def test_an_open_file_is_not_purged(tmp_path: Path) -> None:
    async with installation(tmp_path / "var") as place, place.working():
        await place.door.start(convention(), "coordinator")
        with pytest.raises(RefusedError, match="n’est pas clos"):
            await place.purges.decide("TEST-1", "confirm", "coordinator", "visa")


async def test_after_the_purge_nothing_of_it_is_left_and_what_was_copied_before_does_not_open(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    directory, stolen = tmp_path / "var", tmp_path / "stolen"
    async with installation(directory) as place:
        await place.neighbour()
        await closed(place)
        sealed = sealed_by(await runs_of(place.client, convention_id("TEST-1")))
        assert sealed
        shutil.copytree(directory / "documents", stolen)
        assert found_in(directory, NAME) != set()  # the captured mail
        await purged(place)
        assert found_in(directory, *SECRETS) == set()
        assert await runs_of_or_nothing(place) == 0
        assert not (directory / "documents" / "TEST-1").exists()
        assert not (directory / "keys" / "TEST-1.json").exists()
        ring = KeyRing(directory / "keys", read_master_key(tmp_path / "var.key"))
        for document in stolen.rglob("TEST-1/**/*.eml"):
            head, _, content = document.read_bytes().partition(b"\n")
            name = f"document/{document.relative_to(stolen)}"
            with pytest.raises(KeyGoneError, match="détruite"):
                ring.open(Sealed(head.split()[1].decode(), content), name)
        # Its neighbour goes on.
        async with place.working():
            assert (await place.door.dossier("NEXT")).convention.reference == "NEXT"
    assert found_in(directory, *SECRETS) == set()
    assert not [record for record in caplog.messages if any(word in record for word in SECRETS)]


async def runs_of_or_nothing(place: Installation) -> int:
    return len([run async for run in place.client.list_workflows(f"WorkflowId = '{convention_id('TEST-1')}'")])


async def test_what_is_left_says_what_was_destroyed_and_names_nobody(tmp_path: Path) -> None:
    directory = tmp_path / "var"
    async with installation(directory) as place:
        await closed(place)
        documents = len(list((directory / "documents" / "TEST-1").rglob("*.eml")))
        await purged(place)
    archive = directory / "archive" / "TEST-1"
    assert sorted(path.name for path in archive.iterdir()) == [
        "certificat.pdf", "certificat.txt", "journal.json", "purge.json",
    ]  # fmt: skip
    record = json.loads((archive / "purge.json").read_text("utf-8"))
    counts = {one["kind"]: one["count"] for one in record["destroyed"]}
    assert counts == {"elsewhere": documents + 1, "replies": 0, "documents": documents, "runs": 1, "keys": 1}
    assert all(one["at"] for one in record["destroyed"])
    journal = json.loads((archive / "journal.json").read_text("utf-8"))
    assert len(journal["documents"]) == documents
    assert "Ville d’essai" in journal["parties"]
    assert {fact["role"] for fact in journal["facts"]} == {"coordinator"}
    assert (archive / "certificat.pdf").read_bytes().startswith(b"%PDF")
    assert found_in(archive, *SECRETS, ".example") == set()
    with pdfplumber.open(archive / "certificat.pdf") as pdf:
        words = "\n".join(page.extract_text() for page in pdf.pages)
    assert "Ville d’essai" in words
    assert not [word for word in (*SECRETS, "@") if word in words]


async def test_the_mails_that_came_back_about_it_are_destroyed_and_no_other(tmp_path: Path) -> None:
    """They are kept under the key of the house, which outlives the convention's."""
    directory = tmp_path / "var"
    async with installation(directory) as place:
        await closed(place)
        async with place.working():
            sent = (await place.door.dossier("TEST-1")).outbox[0]
        store = DirectoryStore(directory / "documents", place.ring)
        key = LinkKeys(directory).current()
        for name, message in (("replies/1", sent.id), ("replies/2", "of another convention")):
            store.put_once(f"{name}.eml", mail(SPOKEN, to=return_address(message, key)))
            store.put_once(f"{name}.txt", SPOKEN.encode())
        await purged(place)
        assert sorted(store.names(HOUSE)) == ["replies/2.eml", "replies/2.txt"]
    record = json.loads((directory / "archive" / "TEST-1" / "purge.json").read_text("utf-8"))
    assert {one["kind"]: one["count"] for one in record["destroyed"]}["replies"] == 1


async def test_a_purged_reference_is_said_to_be_so_and_never_serves_again(tmp_path: Path) -> None:
    async with installation(tmp_path / "var") as place:
        await closed(place)
        await purged(place)
        with pytest.raises(PurgedError, match=r"a été purgé le .* ; sa référence ne sert plus\. Certificat"):
            await place.door.dossier("TEST-1")
        with pytest.raises(PurgedError):
            await place.door.start(convention(), "coordinator")
        assert not (place.directory / "keys" / "TEST-1.json").exists()


async def test_the_history_of_the_purge_itself_holds_no_person_and_stays_readable(tmp_path: Path) -> None:
    async with installation(tmp_path / "var") as place:
        await closed(place)
        await purged(place)
        found = sealed_by(await runs_of(place.client, purge_id("TEST-1")))
        async with place.working(cached=0):  # replayed from its first event, the convention's key being gone
            state = await place.purges.state("TEST-1")
    assert set().union(*found.values()) == {"_house"}
    assert state is not None
    assert not any(word in state.model_dump_json() for word in SECRETS)
