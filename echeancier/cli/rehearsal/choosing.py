"""Which scenario a rehearsal plays: one of the two behaviours on a convention file, or a scenario file."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.examples import EXAMPLES
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.adapters.files.scenario_file import Scenario, ScenarioPart, load_scenario
from echeancier.domain.rehearsal.beginning import assumed_birth, first_instant
from echeancier.domain.rehearsal.player import Diligent, Player, script_of

ALL_GOES_WELL, NOBODY_ANSWERS = "all-goes-well", "nobody-answers"

_PLAYED = {
    ALL_GOES_WELL: ("chacun fait sa part à temps", "everybody does his part in time"),
    NOBODY_ANSWERS: ("personne ne répond", "nobody answers"),
}

SCENARIOS = EXAMPLES / "scenarios"
"""Where the scenarios that come with the program are."""


def chosen(file: Path | None, facts: Path | None, scenario: str, *, assume_signed: bool = False) -> Scenario:
    """Return the scenario to play.

    Args:
        file: a convention file; without it, the scenario must be a written one.
        facts: what happened, for a convention file.
        scenario: a behaviour, or the name or path of a scenario file.
        assume_signed: whether the steps of the birth that are not told yet are assumed to come in good time.

    Raises:
        BadParameter: these do not go together, or there is no such scenario.
        FileContentError: a file must be put right.
    """
    if file is not None:
        if scenario not in _PLAYED:
            raise typer.BadParameter(
                f"le scénario « {scenario} » nomme lui-même sa convention : ne donner que --scenario {scenario}."
            )
        return _behaviour(file, facts, scenario, assume_signed=assume_signed)
    if facts is not None or assume_signed:
        raise typer.BadParameter(
            "--facts et --assume-signed accompagnent un fichier de convention ; un scénario écrit nomme ses faits."
        )
    path = _path(scenario)
    if path is None:
        names = ", ".join(sorted(one.stem for one in SCENARIOS.glob("*.toml")))
        raise typer.BadParameter(
            "donner un fichier de convention, comme examples/sqf-p.toml, ou par --scenario un scénario écrit "
            f"({names}) ou le chemin du sien."
        )
    return load_scenario(path)


def _path(scenario: str) -> Path | None:
    """Return the file of a scenario, given by its path or by the name of one that comes with the program."""
    candidates = (Path(scenario), SCENARIOS / f"{scenario}.toml")
    return next((path for path in candidates if path.is_file()), None)


def _behaviour(file: Path, facts: Path | None, scenario: str, *, assume_signed: bool) -> Scenario:
    convention = load_convention(file)
    known = as_records(load_facts(facts), convention.place.time_zone) if facts is not None else ()
    if assume_signed:
        today = datetime.now(ZoneInfo(convention.place.time_zone)).date()
        known = (*known, *assumed_birth(convention, known, today))
    begins: datetime | None = first_instant(convention, known)
    if begins is None:
        raise typer.BadParameter(
            "la convention prend effet à la signature : donner au moins ce fait avec --facts, ou "
            "la supposer avec --assume-signed, sinon rien ne commence."
        )
    script = script_of(known)
    player: Player = Diligent(convention, script) if scenario == ALL_GOES_WELL else script
    title, title_en = _PLAYED[scenario]
    return Scenario(title, title_en, (ScenarioPart(convention, player, begins, (), known),), (), None)
