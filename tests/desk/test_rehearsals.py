"""A rehearsal asked on the desk: the real one, in a process of its own, one at a time, stopped on request."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import httpx
import pytest

from echeancier.desk.rehearsal.rehearsals import BusyError, Rehearsals
from tests.desk.html import Page, Typed, read
from tests.desk.test_form_page import FORM, fields, post
from tests.support.processes import ROOT, family_of, lives, python, until

SHORT = (ROOT / "examples" / "mtz-f.toml").read_text("utf-8")
ENDLESS = (sys.executable, "-c", "import time, os; open('pid', 'w').write(str(os.getpid())); time.sleep(600)")


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


async def test_the_mails_of_a_whole_life_are_read_before_the_first_leaves(client: httpx.AsyncClient) -> None:
    seen = Typed((await post(client, fields(do="go:verifier") | {"term.months": "6"})).text).fields
    answer = await post(client, {**seen, "do": "rehearse", "scenario": "all-goes-well"})
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
    monkeypatch.setattr("echeancier.desk.rehearsal.rehearsals.LONGEST", 0.2)
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


async def test_no_setting_of_ours_reaches_a_rehearsal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECHEANCIER_SMTP__HOST", "relay.example")
    said = (sys.executable, "-c", "import os, sys; sys.exit(' '.join(os.environ))")
    played = Rehearsals(tmp_path, said)
    name = await played.start(SHORT, "", "nobody-answers", "", "")
    assert played._running is not None
    await played._running
    told = played.told(name)
    assert told is not None
    assert "PATH" in told.trouble
    assert "ECHEANCIER" not in told.trouble


async def test_only_the_last_few_are_kept_and_for_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    played = Rehearsals(tmp_path, (sys.executable, "-c", "pass"))
    names = []
    for _ in range(7):
        names.append(await played.start(SHORT, "", "nobody-answers", "", ""))
        assert played._running is not None
        await played._running
    assert [played.told(name) is not None for name in names] == [False, False, *[True] * 5]
    monkeypatch.setattr("echeancier.desk.rehearsal.rehearsals.KEPT_FOR", 0.0)
    last = await played.start(SHORT, "", "nobody-answers", "", "")
    await until(lambda: played.told(last) is None)
    await played.close()


LIVING = (
    "import os, pathlib, sys, time; pathlib.Path('out/mails').mkdir(parents=True); "
    "pathlib.Path('out/mails/1.eml').write_text('To: role0@neuve.example'); open('pid', 'w').write(str(os.getpid())); "
)


@pytest.mark.parametrize("end", ["pass", "sys.exit(3)", "time.sleep(600)"], ids=["done", "failed", "too-long"])
async def test_a_rehearsal_leaves_no_folder(end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("echeancier.desk.rehearsal.rehearsals.LONGEST", 3)
    played = Rehearsals(tmp_path, (sys.executable, "-c", LIVING + end))
    await played.start(SHORT, "", "nobody-answers", "", "")
    assert os.listdir(tmp_path) != []  # noqa: PTH208 - names are enough
    assert played._running is not None
    await played._running
    assert os.listdir(tmp_path) == []  # noqa: PTH208


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL], ids=lambda sign: sign.name)
async def test_a_desk_that_is_ended_leaves_no_rehearsal_and_no_folder(sign: signal.Signals, tmp_path: Path) -> None:
    desk = await python("-m", "tests.support.rehearsing_desk", str(tmp_path), LIVING + "time.sleep(600)")
    try:
        await until(lambda: any(path.read_text() for path in tmp_path.glob("*/pid")))
        family = family_of(desk.pid)
        assert len(family) == 3, "desk, tether, command"
        desk.send_signal(sign)
        await desk.wait()
        await until(lambda: not any(lives(pid) for pid in family))
        assert os.listdir(tmp_path) == []  # noqa: PTH208
    finally:
        if desk.returncode is None:
            desk.kill()


async def test_what_a_machine_that_was_cut_has_left_goes_at_the_start_but_not_what_is_under_way(
    tmp_path: Path,
) -> None:
    played = Rehearsals(tmp_path, ENDLESS)
    name = await played.start(SHORT, "", "nobody-answers", "", "")
    under_way = tmp_path / name / "pid"
    await until(under_way.exists)
    (tmp_path / "left" / "out").mkdir(parents=True)
    (tmp_path / "left" / "out" / "1.eml").write_text("To: role0@neuve.example")
    Rehearsals(tmp_path).clear()
    assert os.listdir(tmp_path) == [name]  # noqa: PTH208
    await played.close()


async def test_a_rehearsal_nobody_asked_for_is_no_page(client: httpx.AsyncClient) -> None:
    assert (await client.get("/commencer/repetition/" + "0" * 16)).status_code == 404
    assert Page.read((await client.get(FORM)).text).hidden["draft"] == ""
