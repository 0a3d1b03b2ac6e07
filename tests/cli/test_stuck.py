"""A convention that the engine ended: `list` says so in red with what to do, `remove` takes it away, and only it."""

from pathlib import Path

import pytest
from rich.console import Console

from echeancier.cli.show.list_page import print_troubles
from echeancier.domain.running.trouble import Trouble
from tests.domain import builders as b
from tests.support.processes import until
from tests.support.running import command, run
from tests.vault.stage import convention, installation
from workflows.ids import convention_id

pytestmark = pytest.mark.timeout(240)

NAMES = ("A.B-1-.2", "TEST-1")
"""The first has every sign that a reference may hold."""

WITHOUT_END = {"unlimited": True, "clauses": ["A1"]}
"""They are registered in 2022 and looked at today: what had ended by then would close its file, and leave the list."""


def test_the_lines_of_what_is_stuck_are_red_in_the_language_asked_for() -> None:
    out = Console(force_terminal=True, color_system="standard", record=True, width=200)
    print_troubles(out, [Trouble(cause="ended", reference="A.B")], "en")
    shown = out.export_text(styles=True)
    assert "\x1b[1;31m" in shown
    assert "echeancier remove A.B" in shown


async def test_list_names_the_one_that_was_ended_and_remove_takes_it_away(tmp_path: Path) -> None:
    directory = tmp_path / "var"
    async with installation(directory) as place, place.working():
        for name in NAMES:
            made = convention(name, term=WITHOUT_END).model_copy(update={"roles": b.convention().roles})
            await place.door.start(made, "coordinator")
        await place.client.get_workflow_handle(convention_id(NAMES[0])).terminate()
    async with run(directory) as running:
        await until(lambda: "est lancé" in running.said())
        listed = await command(directory, "list")
        as_json = (await command(directory, "list", "--json")).json()
        alive = await command(directory, "remove", NAMES[1], "--confirm", "no-visa")
        removed = await command(directory, "remove", NAMES[0], "--confirm", "no-visa")
        for _ in range(60):  # the purge destroys beside
            after = await command(directory, "list", "--json")
            if len(after.json()) == 1:
                break
    words = " ".join(listed.out.replace("\u00a0", " ").split())
    assert f"{NAMES[0]} ne vit plus" in words
    assert f"echeancier remove {NAMES[0]}" in words
    assert {row["reference"]: row.get("stuck") for row in as_json}[NAMES[0]] == "ended"
    assert alive.code != 0
    assert "withdraw" in alive.err
    assert removed.code == 0, removed.err
    assert f"{NAMES[0]} est retirée" in removed.out.replace("\u00a0", " ")
    assert [row["reference"] for row in after.json()] == [NAMES[1]]
