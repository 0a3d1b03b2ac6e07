"""What `echeancier run` says when it starts, and where the mail goes."""

import asyncio
import signal
from datetime import date
from pathlib import Path

import pytest

from echeancier.engine.embedded import EmbeddedEngine
from tests.smtpd import ScriptedServer
from tests.support.keys import ring_of
from tests.support.running import EXAMPLES, command, run, serving
from tests.support.valmont import valmont


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "var"


async def test_without_a_relay_the_mails_are_captured_and_run_says_that_none_leaves(directory: Path) -> None:
    async with run(directory, "--ui") as running:
        assert f"Les messages sont capturés dans {directory / 'mails'}, aucun ne part." in running.said()
        assert f"Interface du moteur : {running.engine.ui_url}" in running.said()
        assert await running.stop() == 0


async def test_with_a_relay_run_says_which(directory: Path) -> None:
    async with run(directory, ECHEANCIER_SMTP__HOST="relay.example", ECHEANCIER_SMTP__SECURITY="tls") as running:
        assert "Les messages partent par relay.example, port 465." in running.said()


async def test_with_the_emergency_stop_run_says_that_nothing_leaves(directory: Path) -> None:
    settings = {"ECHEANCIER_SMTP__HOST": "relay.example", "ECHEANCIER_STOP_SENDING": "true"}
    async with run(directory, **settings) as running:
        assert "Envois suspendus : les messages sont retenus" in running.said()


async def test_a_trial_says_to_which_mailbox_everything_goes(directory: Path) -> None:
    settings = {"ECHEANCIER_SMTP__HOST": "relay.example", "ECHEANCIER_REDIRECT_TO": "essai@ville.example"}
    async with run(directory, **settings) as running:
        assert "Essai : tous les messages vont à essai@ville.example, aucun à ses destinataires." in running.said()


async def test_a_setting_that_does_not_suit_is_named_and_its_value_is_not_shown(directory: Path) -> None:
    said = await command(directory, "run", ECHEANCIER_SMTP__HOST="h.example", ECHEANCIER_SMTP__PORT="hush")
    assert said.code == 2
    assert "ECHEANCIER_SMTP__PORT : un nombre entier est attendu" in said.err
    assert "hush" not in said.err


async def test_the_worker_alone_asks_for_a_relay_rather_than_capture_in_silence(directory: Path) -> None:
    said = await command(directory, "worker", TEMPORAL_ADDRESS="127.0.0.1:1")
    assert said.code == 2
    assert "ECHEANCIER_SMTP__HOST" in said.err


async def test_a_rehearsal_never_speaks_to_the_relay_of_the_settings(tmp_path: Path) -> None:
    async with ScriptedServer() as relay:
        (tmp_path / ".env").write_text(f"ECHEANCIER_SMTP__HOST={relay.host}\nECHEANCIER_SMTP__PORT={relay.port}\n")
        settings = {
            "ECHEANCIER_SMTP__HOST": relay.host,
            "ECHEANCIER_SMTP__PORT": str(relay.port),
            "ECHEANCIER_SMTP__SECURITY": "none",
            "ECHEANCIER_LINKS_URL": "https://reponses.ville.example",
        }
        example, facts = str(EXAMPLES / "mtz-f.toml"), str(EXAMPLES / "mtz-f.facts.toml")
        output = tmp_path / "rehearsal"
        said = await command(
            tmp_path / "var", "rehearse", example, "--facts", facts, "--output", str(output), **settings
        )
        assert said.code == 0, said.err
        mails = list((output / "mails").glob("*.eml"))
        assert mails
        assert not [mail for mail in mails if b"reponses.ville.example" in mail.read_bytes()]
        assert relay.connections == 0


async def test_namespaces_are_prepared_once_and_the_second_time_nothing_changes(directory: Path) -> None:
    async with run(directory) as running:
        where = {"TEMPORAL_ADDRESS": running.engine.address, "TEMPORAL_NAMESPACE": "essai"}
        first = await asyncio.wait_for(command(directory, "prepare-namespace", **where), 90)
        second = await command(directory, "prepare-namespace", **where)
    assert first.code == second.code == 0, first.err + second.err
    assert "Espace « essai » créé" in first.out.replace("\u00a0", " ")
    assert second.out.strip() == "L’espace était prêt, rien n’a changé."


async def test_the_worker_alone_serves_the_engine_of_the_environment_and_stops_when_asked(
    tmp_path: Path,
) -> None:
    elsewhere, here = tmp_path / "elsewhere", tmp_path / "here"
    ring_of(here)
    async with EmbeddedEngine(elsewhere) as engine:
        where = {"TEMPORAL_ADDRESS": engine.address, "HOME": str(tmp_path)}
        relay = {"ECHEANCIER_SMTP__HOST": "relay.example", "ECHEANCIER_SMTP__SECURITY": "none"}
        async with serving(here, "working for", "worker", **where, **relay) as worker:
            terms, facts = valmont(tmp_path, "VAL", date(2021, 1, 1))
            started = await command(here, "start", terms, "--facts", facts, **where)
            assert started.code == 0, started.err
            shown = (await command(here, "show", "VAL", "--json", **where)).json()
            assert [fact["id"] for fact in shown["facts"]] == ["f1", "f2"]
            assert await worker.stop(signal.SIGTERM) == 0
