"""A rehearsal asked on the desk: the real one, in a process of its own, one at a time, stopped on request."""

import asyncio
import os
import sys
from pathlib import Path

import httpx
import pytest

from desk.rehearsals import BusyError, Rehearsals
from tests.desk.html import Page, read
from tests.desk.test_form_page import FORM, fields, post
from tests.support.processes import ROOT, until

SHORT = (ROOT / "examples" / "mtz-f.toml").read_text("utf-8")
ENDLESS = (sys.executable, "-c", "import time, os; open('pid', 'w').write(str(os.getpid())); time.sleep(600)")


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


async def test_the_mails_of_a_whole_life_are_read_before_the_first_leaves(client: httpx.AsyncClient) -> None:
    answer = await post(client, fields(do="rehearse", scenario="all-goes-well") | {"term.months": "6"})
    where = answer.headers["location"]
    for _ in range(600):
        page = read((await client.get(where)).text)
        if "est en cours" not in page.text:
            break
        await asyncio.sleep(0.2)
    assert "La répétition est finie" in page.text
    assert "Comité de pilotage" in page.text
    assert "à role0@neuve.example" in page.text
    assert "Chacun fait sa part" in page.text
    report = await client.get(f"{where}/rapport.html")
    assert report.status_code == 200
    assert "attachment" in report.headers["content-disposition"]
    draft = page.links[[link.startswith(f"{FORM}?brouillon=") for link in page.links].index(True)]
    assert 'value="NEUVE-2026"' in (await client.get(draft)).text


async def test_one_rehearsal_at_a_time(tmp_path: Path) -> None:
    played = Rehearsals(tmp_path, ENDLESS)
    name = await played.start(SHORT, "", "nobody-answers", "", "")
    with pytest.raises(BusyError) as busy:
        await played.start(SHORT, "", "nobody-answers", "", "")
    assert busy.value.name == name
    await played.close()
    again = await played.start(SHORT, "", "nobody-answers", "", "")
    await played.stop(again)


async def test_a_rehearsal_that_is_stopped_leaves_no_process(tmp_path: Path) -> None:
    played = Rehearsals(tmp_path, ENDLESS)
    name = await played.start(SHORT, "", "nobody-answers", "", "")
    mark = tmp_path / name / "pid"
    await until(lambda: mark.exists() and mark.read_text() != "")
    pid = int(mark.read_text())
    await played.stop(name)
    told = played.told(name)
    assert told is not None
    assert told.state == "stopped"
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_rehearsal_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.rehearsals.LONGEST", 0.2)
    played = Rehearsals(tmp_path, ENDLESS)
    name = await played.start(SHORT, "", "nobody-answers", "", "")
    assert played._running is not None
    await played._running
    told = played.told(name)
    assert told is not None
    assert told.state == "too-long"


async def test_what_the_command_refuses_is_said(tmp_path: Path) -> None:
    played = Rehearsals(tmp_path)
    name = await played.start("reference = 3", "", "nobody-answers", "", "")
    assert played._running is not None
    await played._running
    told = played.told(name)
    assert told is not None
    assert told.state == "failed"
    assert "convention.toml" in told.trouble


async def test_no_setting_of_ours_reaches_a_rehearsal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECHEANCIER_SMTP__HOST", "relay.example")
    said = (sys.executable, "-c", "import os; open('env', 'w').write(' '.join(os.environ))")
    played = Rehearsals(tmp_path, said)
    name = await played.start(SHORT, "", "nobody-answers", "", "")
    assert played._running is not None
    await played._running
    assert "ECHEANCIER" not in (tmp_path / name / "env").read_text()


async def test_only_the_last_few_are_kept(tmp_path: Path) -> None:
    played = Rehearsals(tmp_path, (sys.executable, "-c", "pass"))
    for _ in range(7):
        await played.start(SHORT, "", "nobody-answers", "", "")
        assert played._running is not None
        await played._running
    assert len(os.listdir(tmp_path)) == 5  # noqa: PTH208 - one folder each


async def test_a_rehearsal_nobody_asked_for_is_no_page(client: httpx.AsyncClient) -> None:
    assert (await client.get("/commencer/repetition/" + "0" * 16)).status_code == 404
    assert Page.read((await client.get(FORM)).text).hidden["draft"] == ""
