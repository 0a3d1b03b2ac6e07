"""A convention rehearsed without the engine says what it says on it: to whom, when, in which words."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from echeancier.adapters.files.scenario_file import Scenario, ScenarioPart, load_scenario
from echeancier.cli.rehearsal.as_installed import AS_INSTALLED
from echeancier.cli.rehearsal.casting import relay_answer
from echeancier.cli.rehearsal.in_this_process import live_in_this_process
from echeancier.cli.rehearsal.life import LivedLife
from echeancier.cli.rehearsal.live import live_together
from echeancier.cli.rehearsal.stage import stage
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.rehearsals.scenarios import SCENARIOS, mails_in

BEFORE = timedelta(hours=1)
"""Registered so long before anything happens: on the engine, it speaks before more is recorded at that instant."""


def nobody_asks(_now: datetime, _end: datetime) -> None:
    """Say nothing."""


async def on_the_engine(scenario: Scenario, directory: Path) -> LivedLife:
    async with stage(scenario.parts[0].begins, directory, AS_INSTALLED, relay_answer(scenario.refused)) as on:
        (life,) = await live_together(on, scenario.parts, nobody_asks, scenario.until)
    return life


def said(directory: Path) -> list[tuple[str, datetime, str, str]]:
    """To whom, when, in which words."""
    return sorted((mail.to, mail.at, mail.subject, mail.text) for mail in mails_in(directory / "mails"))


def in_the_morning(part: ScenarioPart) -> ScenarioPart:
    """Registered before anything is told; what is told as mornings end, an hour before: seconds of the engine decide there."""
    ends, zone = DEFAULT_POLICY.morning_until, ZoneInfo(part.convention.place.time_zone)
    told = tuple(
        record.model_copy(update={"recorded_at": record.recorded_at - BEFORE})
        if record.recorded_at.astimezone(zone).time() == ends
        else record
        for record in part.facts
    )
    return replace(part, begins=part.begins - BEFORE, facts=told)


@pytest.mark.parametrize("name", ["mail-bounces", "meeting-moves-twice"])
async def test_a_life_says_the_same_with_the_engine_and_without(name: str, tmp_path: Path) -> None:
    written = load_scenario(SCENARIOS / f"{name}.toml")
    part = in_the_morning(written.parts[0])
    scenario = replace(written, parts=(part,))
    engine = await on_the_engine(scenario, tmp_path / "engine")
    alone = live_in_this_process(part, tmp_path / "alone", scenario.refused, nobody_asks, scenario.until)
    assert said(tmp_path / "alone") == said(tmp_path / "engine") != []
    assert (alone.closed, alone.refused, alone.never) == (engine.closed, engine.refused, engine.never)
    assert [r.fact for r in alone.dossier.facts] == [r.fact for r in engine.dossier.facts]
