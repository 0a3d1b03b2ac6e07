"""A convention on the stage: registered, told its facts one by one, watched until its file closes."""

from datetime import datetime

from echeancier.cli.rehearsal.life import ActedConvention, LivedLife
from echeancier.cli.rehearsal.stage import RehearsalStage
from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.recording import Refusal
from echeancier.domain.rehearsal.player import Move, horizon_of, subject_of
from echeancier.engine.gateway import RefusedError


class Actor:
    """One convention of a rehearsal.

    Args:
        stage: where it lives.
        part: what it is.
        alone: nobody else tells it anything, so what it knows need not be asked again and again.
    """

    def __init__(self, stage: RehearsalStage, part: ActedConvention, *, alone: bool) -> None:
        self.convention = part.convention
        self.registered = False
        self._stage = stage
        self._part = part
        self._alone = alone
        self._player = part.player
        self._records: tuple[Recorded, ...] = ()
        self._refused: list[str] = []

    def next(self) -> Move | datetime | None:
        """Return what comes next: its registration, a fact, None when nothing more."""
        if not self.registered:
            return self._part.begins
        return self._player.next(self._records, self._stage.instant)

    async def register(self) -> None:
        """Enter the register with the facts known by then."""
        await self._stage.enter(self.convention, self._part.records)
        self._records = self._part.records
        self.registered = True

    async def play(self, move: Move) -> None:
        """Tell the convention a fact; a written line that the door refuses is given up and said."""
        request = move.name or f"played-{len(self._records) + 1}"
        try:
            told = await self._stage.conventions.record(self.convention.reference, move.fact, move.by, request)
        except (RefusedError, Refusal) as refusal:
            if not move.name and not subject_of(move.fact)[1]:
                raise  # it could not be given up: refused again and again, it would never end
            self._refused.append(f"{in_words(self._stage.instant.date())}\u00a0: {refusal}")
            self._player = self._player.without(move)
            return
        recorded = Recorded(
            id=told.fact_id,
            fact=move.fact,
            recorded_at=self._stage.instant,
            recorded_by=move.by,
            request=request,
        )
        self._records = (*self._records, recorded)

    async def refresh(self) -> bool:
        """Read again what the convention knows; whether somebody else told it something."""
        if self._alone or not self.registered:
            return False
        dossier = await self._stage.conventions.dossier(self.convention.reference)
        news = len(dossier.facts) != len(self._records)
        self._records = tuple(dossier.facts)
        return news

    def horizon(self) -> datetime:
        """Return when nothing more is expected: months after the last dated thing or fact, or where an end is given up."""
        now = self._stage.instant
        if not self.registered:
            return max(now, self._part.begins)
        return horizon_of(self.convention, self._records, now)

    @property
    def is_running(self) -> bool:
        """Whether the file was open when the calendar last moved."""
        return self._stage.is_open(self.convention)

    async def life(self, began: datetime) -> LivedLife:
        """Return what was lived."""
        dossier = await self._stage.conventions.dossier(self.convention.reference)
        closed = not self.is_running
        last = dossier.closed_at if closed and dossier.closed_at is not None else self._stage.instant
        return LivedLife(
            dossier=dossier,
            began=began,
            ended=max([last, *(m.at for m in dossier.outbox)]),
            closed=closed,
            refused=tuple(self._refused),
            never=self._player.left(self._records),
        )
