"""`echeancier run` with and without links: what it says, what it serves, and what its log never holds."""

import re
from pathlib import Path

import httpx

from echeancier.adapters.keys.link_keys import FILE, LinkKeys
from echeancier.domain.messages.tokens import Claim, written
from echeancier.engine.embedded import NAMESPACE
from echeancier.engine.gateway import utc_now
from echeancier.engine.ports import free_port
from tests.support.running import command, run, serving

FORGED = "A" * 90


async def test_without_a_public_address_nothing_is_served_and_the_key_signs_return_addresses_only(
    tmp_path: Path,
) -> None:
    async with run(tmp_path / "var", ECHEANCIER_DESK_PORT="0") as running:
        await command(tmp_path / "var", "list")
        assert "Pages des partenaires" not in running.said()
    assert (tmp_path / "var" / FILE).stat().st_mode & 0o777 == 0o600


async def test_with_one_the_pages_are_served_and_no_log_holds_what_was_asked_for(tmp_path: Path) -> None:
    port = free_port()
    settings = {
        "ECHEANCIER_DESK_PORT": "0",
        "ECHEANCIER_LINKS_URL": "https://reponses.ville.example/",
        "ECHEANCIER_LINKS_PORT": str(port),
    }
    async with serving(tmp_path / "var", "Pages des partenaires", "run", **settings) as running:
        said = f"Pages des partenaires : https://reponses.ville.example/ (écoute sur http://127.0.0.1:{port}/)"
        assert said in running.said()
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as web:
            assert (await web.get(f"/r/{FORGED}")).status_code == 404
            assert (await web.post(f"/r/{FORGED}", data={"word": "secret"})).status_code == 404
        assert (tmp_path / "var" / FILE).stat().st_mode & 0o777 == 0o600
        assert await running.stop() == 0
        logs = [running.said(), *(f.read_text("utf-8", "replace") for f in (tmp_path / "var").glob("*.log"))]
    assert not [log for log in logs if FORGED[:20] in log or "/r/" in log or "secret" in log]


async def test_the_pages_are_served_alone_for_an_engine_elsewhere_with_the_keys_of_the_same_directory(
    tmp_path: Path,
) -> None:
    directory, port = tmp_path / "var", free_port()
    url = f"http://127.0.0.1:{port}"
    async with serving(directory, "Bureau", "run", ECHEANCIER_DESK_PORT="0") as running:
        settings = {
            "TEMPORAL_ADDRESS": running.engine.address,
            "TEMPORAL_NAMESPACE": NAMESPACE,
            "ECHEANCIER_LINKS_URL": url,
            "ECHEANCIER_LINKS_PORT": str(port),
        }
        async with serving(directory, "Pages des partenaires", "partners", **settings) as pages:
            key = LinkKeys(directory).current()
            claim = Claim(
                reference="NOWHERE",
                act="accept",
                expires_at=utc_now(),
                sequence=0,
                who=bytes(8),
                item=bytes(6),
                key_id=key.id,
            )
            async with httpx.AsyncClient(base_url=url, timeout=30) as web:
                # Well signed: the engine is asked, and knows no such convention.
                answer = await web.get(f"/r/{written(claim, key)}")
                assert answer.status_code == 410
                assert "dossier de cette convention est clos" in answer.text
            assert await pages.stop() == 0


async def test_a_port_that_is_taken_ends_the_run_with_what_to_do(tmp_path: Path) -> None:
    port = free_port()
    settings = {
        "ECHEANCIER_DESK_PORT": str(port),
        "ECHEANCIER_LINKS_URL": "https://reponses.ville.example",
        "ECHEANCIER_LINKS_PORT": str(port),
    }
    said = await command(tmp_path / "var", "run", **settings)
    assert said.code == 2
    assert re.search(rf"port {port} .*ECHEANCIER_LINKS_PORT", said.err)
