"""Random lives on the real engine say what the same lives say without one: to whom, on which day, and of what.

What is proven of lives without an engine (`tests/domain/test_silence_is_never_loss.py`) is thereby proven of the robot itself.
"""

import asyncio
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import Phase, given, settings

from echeancier.cli.rehearsal.as_installed import AS_INSTALLED
from echeancier.cli.rehearsal.live import Alone, live_together
from echeancier.cli.rehearsal.stage import stage
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.rehearsal.lives import Lives, Outages
from echeancier.domain.rehearsal.player import script_of
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain.builders import PARIS, at
from tests.support.long import how_many
from tests.support.silence import losses
from tests.support.small_lives import AHEAD, PUT_RIGHT, Dead, Drawn, drawn, lived

Said = Counter[tuple[str, str, date, str, str, str]]
"""How often something was said: the convention, the address, the day it arrived, the kind of mail, about what, at which stage."""


def without_mishaps(one: Drawn) -> Drawn:
    """The same life where everything works and nothing is put right: a rehearsal plays what is told, once.

    What is told as a morning ends is told an hour before: there the seconds that the engine takes decide between two days.
    """
    never = Dead("", one.dead.start, one.dead.end)
    ends = DEFAULT_POLICY.morning_until.hour
    told = (step for step in one.steps if step.what not in PUT_RIGHT)
    steps = tuple(replace(step, hour=step.hour - 1) if step.hour == ends else step for step in told)
    return replace(one, steps=steps, outages=Outages(), dead=never, digests=True)


def said_in(dossiers: list[Dossier], until: date) -> Said:
    """Return what arrived before a day."""
    return Counter(
        (dossier.convention.reference, message.address, day, message.kind, told.about, told.stage)
        for dossier in dossiers
        for message in dossier.outbox
        if message.accepted_at is not None and (day := message.accepted_at.astimezone(PARIS).date()) < until
        for told in message.told
    )


async def on_the_engine(one: Drawn, lives: Lives) -> list[Dossier]:
    """Live the same on the engine: the same conventions, told the same facts at the same instants."""
    begins = at(one.begins - AHEAD, 9)
    parts = [
        Alone(member.dossier.convention, script_of(tuple(member.dossier.facts)), begins) for member in lives.members
    ]
    with tempfile.TemporaryDirectory() as folder:
        async with stage(begins, Path(folder), AS_INSTALLED) as played_on:
            played = await live_together(played_on, parts, lambda _now, _end: None, until=one.ends.date())
    assert [life.refused for life in played] == [()] * len(played)
    return [life.dossier for life in played]


@settings(max_examples=how_many(30), phases=[Phase.explicit, Phase.generate])
@given(drawn().map(without_mishaps))
def test_the_engine_says_to_everybody_what_the_domain_alone_does(one: Drawn) -> None:
    lives = lived(one)
    assert losses(lives) == []
    until = one.ends.date() - timedelta(days=1)
    engine = said_in(asyncio.run(on_the_engine(one, lives)), until)
    domain = said_in([member.dossier for member in lives.members], until)
    assert engine == domain
