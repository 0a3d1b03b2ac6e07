"""The desk on the real engine: what `echeancier run` starts, a fact through the web form, and its trace in the journal."""

import re
from pathlib import Path

import httpx

from tests.desk.html import Page, read
from tests.support.running import EXAMPLES, command, serving


async def test_a_fact_recorded_in_the_browser_is_in_the_journal_of_the_running_convention(
    tmp_path: Path,
) -> None:
    async with serving(tmp_path / "var", "Bureau", "run", ECHEANCIER_DESK_PORT="0") as running:
        address = re.search(r"Bureau : (http://127\.0\.0\.1:\d+)/", running.said())
        assert address is not None
        origin = {"origin": address[1]}
        async with httpx.AsyncClient(base_url=address[1], headers=origin, timeout=60) as client:
            token = Page.read((await client.get("/commencer")).text).hidden["token"]
            given = {
                "token": token,
                "do": "start",
                "text": (EXAMPLES / "sqf-p.toml").read_text("utf-8"),
                "facts": (EXAMPLES / "sqf-p.facts.toml").read_text("utf-8"),
            }
            assert (await client.post("/commencer", data=given)).headers["location"] == "/conventions/SQF-P?ok=started"

            answered = {"token": token, "question": "operator-number", "on": "2021-06-01", "text": "2021-117"}
            recorded = await client.post("/conventions/SQF-P/enregistrer/question-answered", data=answered)
            assert recorded.status_code == 303

            journal = read((await client.get("/conventions/SQF-P/journal")).text)
            assert "Réponse à une question – 01/06/2021" in journal.text

            again = await client.post(
                "/conventions/SQF-P/enregistrer/signed",
                data={"token": token, "on": "2021-04-10", "party": "commune"},
            )
            assert again.status_code == 422
            assert "Rien n’a été enregistré" in again.text
        shown = await command(tmp_path / "var", "journal", "SQF-P")
        assert "Réponse à une question" in shown.out.replace("\u00a0", " ")
