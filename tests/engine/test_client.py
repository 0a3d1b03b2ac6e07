"""Reaching an engine, or saying in words why not."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from echeancier.engine.client import connect
from echeancier.engine.converter import data_converter
from echeancier.engine.embedded import EmbeddedEngine
from echeancier.engine.errors import EngineUnreachableError
from echeancier.engine.ports import LOOPBACK, free_port
from echeancier.engine.reasons import in_words


@pytest.fixture(autouse=True)
def _no_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE", "TEMPORAL_CONFIG_FILE", "TEMPORAL_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


async def test_nothing_configured_names_the_setting_to_define() -> None:
    with pytest.raises(EngineUnreachableError, match="définissez TEMPORAL_ADDRESS"):
        await connect()


async def test_nobody_at_the_address_is_said_after_a_bounded_time() -> None:
    address = f"{LOOPBACK}:{free_port()}"
    with pytest.raises(EngineUnreachableError, match=f"ne répond pas à l’adresse {address}\u00a0: personne n’écoute"):
        await connect(address, patience=timedelta(seconds=0.3))


def test_a_full_disk_is_said_in_words_and_an_unknown_trouble_as_it_is() -> None:
    full = "GetCurrentExecution operation failed. Error: database or disk is full (13)"
    assert in_words(full) == "son disque est plein\u00a0; rien n’a été enregistré"
    assert in_words("something else") == "something else"


async def test_an_unreadable_configuration_is_said_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "temporal.toml").write_text("[profile", encoding="utf-8")
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(tmp_path / "temporal.toml"))
    with pytest.raises(EngineUnreachableError, match="configuration du moteur est illisible"):
        await connect()


async def test_the_standard_configuration_gives_address_and_namespace(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with EmbeddedEngine(tmp_path / "var") as engine:
        monkeypatch.setenv("TEMPORAL_ADDRESS", engine.address)
        monkeypatch.setenv("TEMPORAL_NAMESPACE", "default")
        client = await connect()
    assert client.service_client.config.target_host == engine.address
    assert client.namespace == "default"


async def test_a_date_travels_as_a_date() -> None:
    converter = data_converter()
    payloads = await converter.encode([date(2031, 8, 31)])
    assert await converter.decode(payloads, [date]) == [date(2031, 8, 31)]
