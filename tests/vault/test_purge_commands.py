"""The purge on the command line and on the desk: where it stands, answered for, and afterwards what it was."""

from pathlib import Path

import pytest

from tests.support.running import command
from tests.vault.stage import convention, installation
from tests.vault.test_purge import A_MONTH, closed

pytestmark = pytest.mark.timeout(300)


async def test_a_closed_file_is_looked_at_held_released_confirmed_and_purged(tmp_path: Path) -> None:
    directory = tmp_path / "var"
    async with installation(directory) as place:
        await closed(place)
        place.later(A_MONTH)
        async with place.working():
            waiting = await command(directory, "purge", "TEST-1")
            held = await command(directory, "purge", "TEST-1", "--hold")
            refused = await command(directory, "purge", "TEST-1", "--confirm", "visa")
            await command(directory, "purge", "TEST-1", "--release")
            confirmed = await command(directory, "purge", "TEST-1", "--confirm", "no-visa", "--json")
            await place.purge_once(lambda state: state.step == "purged")
            listed = (await command(directory, "list", "--all", "--json")).json()
            page = await command(directory, "list", "--all")
            shown = await command(directory, "show", "TEST-1")
            again = await command(directory, "purge", "TEST-1")
            recorded = await command(directory, "record", "TEST-1", "contract-publicised", "--on", "2022-01-04")
    assert "attend que sa purge soit confirmée" in waiting.out.replace("\u00a0", " ")
    assert "retenu par un contentieux" in held.out
    assert refused.code == 2
    assert "--release" in refused.err
    assert confirmed.json()["confirmed"]["basis"] == "no-visa"
    assert [(row["reference"], row["status"], row["open"]) for row in listed] == [("TEST-1", "purged", False)]
    assert listed[0]["purged_on"] == "2022-02-04"
    assert "purgé" in page.out
    for told in (shown, again, recorded):
        assert told.code == 2
        assert "a été purgé le vendredi 4 février 2022" in told.err
        assert str(directory / "archive" / "TEST-1" / "certificat.pdf") in told.err


async def test_an_open_file_says_that_there_is_nothing_to_purge(tmp_path: Path) -> None:
    directory = tmp_path / "var"
    async with installation(directory) as place, place.working():
        await place.door.start(convention(), "coordinator")
        looked = await command(directory, "purge", "TEST-1")
        both = await command(directory, "purge", "TEST-1", "--hold", "--release")
    assert looked.code == both.code == 2
    assert "n’est pas clos" in looked.err
    assert "un seul" in both.err
