"""A worker killed outright in the middle of a purge: started again, the purge goes on to its end, and says what it did."""

import json
from functools import partial
from pathlib import Path

import pytest

from tests.support.insisting import insisting
from tests.support.killable_purger import STEPS
from tests.support.processes import python, until
from tests.vault.stage import SECRETS, found_in, installation
from tests.vault.test_purge import A_MONTH, closed

# The engine waits eight seconds for signs of life; a busy machine takes longer.
pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize("step", STEPS)
async def test_a_purge_cut_short_at_any_step_is_completed(tmp_path: Path, step: str) -> None:
    directory, mark = tmp_path / "var", tmp_path / "reached"
    async with installation(directory) as place:
        await closed(place)
        place.later(A_MONTH)
        shift = str(int(place.shift.by.total_seconds()))
        words = (str(directory), str(place.relay.port), shift, step, str(mark))
        process = await python("-m", "tests.support.killable_purger", *words)
        try:
            await insisting(partial(place.purges.decide, "TEST-1", "confirm", "coordinator", "visa"))
            await until(mark.exists, 90)
        finally:
            process.kill()
            await process.communicate()
        async with place.working():
            await place.purge_once(lambda state: state.step == "purged")
    record = json.loads((directory / "archive" / "TEST-1" / "purge.json").read_text("utf-8"))
    counts = {one["kind"]: one["count"] for one in record["destroyed"]}
    assert counts["documents"] > 0
    assert counts["elsewhere"] == counts["documents"] + 1  # the mails captured, and a draft
    assert counts["runs"] == 1
    assert record["finished_at"]
    assert (directory / "archive" / "TEST-1" / "certificat.pdf").exists()
    assert found_in(directory, *SECRETS) == set()
    assert not (directory / "keys" / "TEST-1.json").exists()
