"""What mails lead to: the share that a recorded fact follows within five working days.

From the dossiers alone: nothing in a mail is watched, neither its opening nor its links.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from echeancier.domain.agenda.items import Item
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.facts.catalogue import Fact, settles_by
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.facts.end import RenewalDecided
from echeancier.domain.facts.letters import LetterPosted, LetterValidated
from echeancier.domain.facts.people import RoleChanged
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.recorded import Recorded

WITHIN: Final = 5
"""Working days of the place, after the day a mail was taken by the relay, in which a fact counts as its answer."""

LATELY: Final = timedelta(days=90)

ENOUGH: Final = 10
"""Mails of a kind within `LATELY` from which its share says something."""

FEW: Final = 20
"""Percentage under which a kind of mail proposes to be softened."""


@dataclass(frozen=True)
class Correspondence:
    """One convention: what was sent and recorded, and what its mails were about.

    Attributes:
        items: of its agenda as it is now, by key.
    """

    dossier: Dossier
    items: Mapping[str, Item]
    calendar: WorkingDays

    @cached_property
    def records(self) -> list[Recorded]:
        """What was recorded and not by mistake, oldest first."""
        return sorted((one for one in self.dossier.facts if not one.cancelled), key=lambda one: one.recorded_at)

    @cached_property
    def _instants(self) -> list[datetime]:
        return [one.recorded_at for one in self.records]

    def recorded(self, after: datetime, until: datetime) -> list[Recorded]:
        """Return what was recorded after an instant, up to another."""
        return self.records[bisect_right(self._instants, after) : bisect_right(self._instants, until)]


@dataclass(frozen=True)
class Measured:
    """One kind of mail at one of its times.

    Attributes:
        kind: as the outbox calls it; ``stage`` likewise, empty where it has none.
        mails, followed: those whose five days are over, and those of them that a fact followed.
        lately, followed_lately: the same of the last ninety days.
    """

    kind: str
    stage: str
    mails: int = 0
    followed: int = 0
    lately: int = 0
    followed_lately: int = 0

    @property
    def percent(self) -> int:
        """The share of all, rounded down."""
        return 100 * self.followed // self.mails if self.mails else 0

    @property
    def percent_lately(self) -> int:
        """The share of the last ninety days, rounded down."""
        return 100 * self.followed_lately // self.lately if self.lately else 0

    @property
    def is_to_soften(self) -> bool:
        """Whether it was written often enough to be judged, and nearly always in vain."""
        return self.lately >= ENOUGH and self.percent_lately < FEW


def measured(files: Iterable[Correspondence], now: datetime, only_naming: Collection[str] = ()) -> tuple[Measured, ...]:
    """Return what each kind of mail led to, at each of its times, the least of the last ninety days first.

    A mail counts once its five days are over; one that tells of nothing that can be recorded is not counted.

    Args:
        files: of the conventions to look at.
        now: aware instant.
        only_naming: kinds of mail that name dated things without calling for them: what follows says nothing of those.
    """
    found: dict[tuple[str, str], list[tuple[bool, bool]]] = defaultdict(list)
    for file in files:
        for message in file.dossier.outbox:
            for stage, followed in _of(file, message, now, calls=message.kind not in only_naming).items():
                assert message.accepted_at is not None  # noqa: S101 - only those were looked at
                found[message.kind, stage].append((message.accepted_at >= now - LATELY, followed))
    each = [
        Measured(
            kind,
            stage,
            mails=len(all_of),
            followed=sum(followed for _, followed in all_of),
            lately=sum(recent for recent, _ in all_of),
            followed_lately=sum(recent and followed for recent, followed in all_of),
        )
        for (kind, stage), all_of in found.items()
    ]
    return tuple(sorted(each, key=lambda one: (not one.lately, one.percent_lately, -one.lately, one.kind, one.stage)))


def _of(file: Correspondence, message: Message, now: datetime, *, calls: bool) -> dict[str, bool]:
    """Whether a mail was followed, by the stages it told; empty while its five days run, and for what asks nothing."""
    if message.accepted_at is None or message.status != "accepted":
        return {}
    until = _end_of_window(file, message.accepted_at)
    if until >= now:
        return {}
    answers = [record.fact for record in file.recorded(message.accepted_at, until)]
    found: dict[str, bool] = {}
    for told in message.told:
        about = _about(told.about)
        if (about in file.items and not calls) or not _can_be_followed(file, about):
            continue
        found[told.stage] = found.get(told.stage, False) or any(_is_about(file, fact, about) for fact in answers)
    return found


def _end_of_window(file: Correspondence, accepted: datetime) -> datetime:
    """The last instant of the fifth working day after the day of an instant."""
    local = accepted.astimezone(ZoneInfo(file.calendar.time_zone))
    last = file.calendar.add_open(local.date(), WITHIN)
    midnight = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=local.tzinfo)
    return midnight - timedelta(microseconds=1)


def _about(told: str) -> str:
    """What a message told of, by its own name: the item of a meeting or of its answers."""
    sort, _, rest = told.partition("/")
    if sort in ("meeting", "answers"):
        return rest
    return rest.rpartition("/")[0] if sort == "held" else told


def _can_be_followed(file: Correspondence, about: str) -> bool:
    sort, _, rest = about.partition("/")
    return about in file.items or (sort in ("question", "letter", "undelivered") and bool(rest))


def _is_about(file: Correspondence, fact: Fact, about: str) -> bool:
    """Whether a fact says something of what a message told."""
    sort, _, rest = about.partition("/")
    if isinstance(fact, QuestionAnswered):
        return about == f"question/{fact.question}"
    if isinstance(fact, RoleChanged):
        message = file.dossier.message(rest) if sort == "undelivered" else None
        return message is not None and message.role == fact.role
    if isinstance(fact, LetterPosted | LetterValidated) and sort == "letter":
        of_what = fact.about or getattr(fact, "rule", None) or ""
        return rest.startswith(f"{fact.letter}/") and of_what in rest
    item = file.items.get(about)
    return getattr(fact, "item", None) == about or (item is not None and _settles(fact, item))


def _settles(fact: Fact, item: Item) -> bool:
    """Whether a fact that names no item is what settles one."""
    if item.kind == "end":
        return isinstance(fact, RenewalDecided)
    if item.kind == "signature":
        return getattr(fact, "party", None) == item.occurrence
    field = settles_by(fact.kind, item.occurrence) if item.settled_by == fact.kind else None
    return field is not None and (not field or getattr(fact, field) == item.occurrence)
