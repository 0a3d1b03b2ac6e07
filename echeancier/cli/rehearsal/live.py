"""Live conventions on the real engine, from their first fact to the closing of their files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from echeancier.cli.rehearsal.actor import Actor
from echeancier.cli.rehearsal.life import ActedConvention, LivedLife
from echeancier.cli.rehearsal.stage import RehearsalStage
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.rehearsal.lives import Progress
from echeancier.domain.rehearsal.player import Move, Player
from echeancier.domain.terms.convention import Convention

_A_MINUTE = timedelta(minutes=1)
_STEP = timedelta(days=30)
"""How far the calendar runs at a time once nobody has anything to say."""


@dataclass(frozen=True)
class Alone:
    """A convention that is registered when the rehearsal begins, nothing known of it yet."""

    convention: Convention
    player: Player
    begins: datetime
    records: tuple[Recorded, ...] = ()


async def live(stage: RehearsalStage, convention: Convention, player: Player, progress: Progress) -> LivedLife:
    """Play a convention to its end on a stage, and return what was lived."""
    (lived,) = await live_together(stage, (Alone(convention, player, stage.instant),), progress)
    return lived


async def live_together(
    stage: RehearsalStage, parts: Sequence[ActedConvention], progress: Progress, until: date | None = None
) -> tuple[LivedLife, ...]:
    """Play conventions beside each other, and return what each of them lived, in the same order.

    Args:
        stage: where they live; its calendar begins when the first of them is registered.
        parts: the conventions.
        progress: told of each step.
        until: the day on which the rehearsal stops; None to live until the last file closes.
    """
    began = stage.instant
    actors = [Actor(stage, part, alone=len(parts) == 1) for part in parts]
    limit = None if until is None else datetime.combine(until, time(23, 59), tzinfo=began.tzinfo)
    horizon = began
    while True:
        actor, move = _next(actors, limit)
        if (
            move is None or _at(move) > horizon
        ):  # a whole agenda each: nobody needs it while somebody has something to say
            horizon = limit or max(actor.horizon() for actor in actors)
        if move is None:
            if stage.instant >= horizon or not any(one.is_running for one in actors):
                break
            await stage.sleep_until(min(stage.instant + _STEP, horizon))
        else:
            await stage.sleep_until(_at(move))
        progress(stage.instant, horizon)
        news = {id(one) for one in actors if await one.refresh()}
        if isinstance(move, datetime):
            await actor.register()
        elif move is not None and id(actor) not in news:  # after news its people may think otherwise
            await actor.play(move)
        if move is not None and len(actors) > 1:  # relatives tell each other before anybody goes on
            await stage.sleep_until(stage.instant + _A_MINUTE)
    return tuple([await one.life(began) for one in actors])


def _next(actors: list[Actor], limit: datetime | None) -> tuple[Actor, Move | datetime | None]:
    """Return who has something to say first, and what; None when nobody has, up to the limit."""
    coming = [(one, move) for one in actors if (move := one.next()) is not None]
    if limit is not None:
        coming = [(one, move) for one, move in coming if _at(move) <= limit]
    return min(coming, key=lambda pair: _at(pair[1]), default=(actors[0], None))


def _at(move: Move | datetime) -> datetime:
    return move if isinstance(move, datetime) else move.at
