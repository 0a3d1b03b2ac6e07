"""A feed on the real engine: made on the command line, read by a calendar, kept while the engine is gone, revoked."""

import os
import re
import signal
from pathlib import Path

import httpx
import pytest

from tests.feeds.scene import entries
from tests.support.processes import until
from tests.support.running import EXAMPLES, command, serving

pytestmark = pytest.mark.timeout(240)


async def test_a_feed_from_the_command_line_to_the_calendar_and_back(tmp_path: Path) -> None:
    directory = tmp_path / "var"
    async with serving(directory, "Bureau", "run", ECHEANCIER_DESK_PORT="0") as running:
        desk = re.search(r"Bureau : (http://127\.0\.0\.1:\d+)/", running.said())
        assert desk is not None
        public = {"ECHEANCIER_FEEDS_URL": desk[1]}
        unknown = await command(directory, "feed", "create", "--convention", "SQF-P", **public)
        assert unknown.code == 2
        assert "le registre est vide" in unknown.err
        facts = str(EXAMPLES / "sqf-p.facts.toml")
        assert (await command(directory, "start", str(EXAMPLES / "sqf-p.toml"), "--facts", facts)).code == 0

        person = "--person", "coordination@saint-quentin.example"
        made = (await command(directory, "feed", "create", *person, "--json", **public)).json()
        address = made["addresses"]["deadlines"]
        async with httpx.AsyncClient(timeout=60) as calendar:
            first = await calendar.get(address)
            assert first.status_code == 200
            tag = first.headers["etag"]
            assert (await calendar.get(address, headers={"if-none-match": tag})).status_code == 304
            head = await calendar.head(address)
            assert (head.headers["content-length"], head.content) == (str(len(first.content)), b"")

            os.kill(running.engine.pid, signal.SIGSTOP)  # there, and silent
            still = await calendar.get(address)
            os.kill(running.engine.pid, signal.SIGCONT)
            assert (still.status_code, still.content) == (200, first.content)
            everything = await calendar.get(made["addresses"]["all"])
            assert "signature/commune.SQF-P@echeancier.example" in entries(everything.content)

            listed = await command(directory, "feed", "list", COLUMNS="200")
            assert "coordination@saint-quentin.example" in listed.out
            gone = await command(directory, "feed", "revoke", made["id"])
            assert gone.code == 0
            assert (await calendar.get(address)).status_code == 404
        secret = address.split("/")[-2]
        assert secret not in running.said()
        assert secret not in listed.out + gone.out
        assert not any(secret.encode() in path.read_bytes() for path in directory.glob("feeds*"))
        await until(lambda: running.process.returncode is None)
    assert (await command(directory, "feed", "list", "--all", "--json")).json()[0]["revoked_on"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("create",), "une seule chose"),
        (("create", "--person", "a@ville.example", "--service", "Emploi"), "une seule chose"),
        (("create", "--convention", ""), "n’est pas une référence"),
        (("create", "--convention", "SQF-P", "--label", "x" * 81), "80 caractères au plus"),
        (("revoke", "a4"), "Aucun abonnement « a4 »"),
        (("show",), "n’existe pas"),
    ],
)
async def test_what_cannot_be_done_is_refused_before_any_engine(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    refused = await command(tmp_path / "var", "feed", *words)
    assert refused.code == 2
    assert said in refused.err
