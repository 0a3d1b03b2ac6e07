"""The picture of a life: what is drawn and where. A template only writes it down."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from echeancier.adapters.report.axis import Band, months, years
from echeancier.adapters.report.flags import Flag, flags
from echeancier.adapters.report.lanes import Lane, days_of, debtor_of, lanes
from echeancier.adapters.report.outcomes import Outcome, day_of, in_words, outcome
from echeancier.adapters.report.scale import LEFT, RIGHT, WIDTH, Scale, scale
from echeancier.adapters.report.story import Story
from echeancier.adapters.report.wording import counted, words
from echeancier.domain.agenda.items import Item
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import shown

_FLAG_ROW: Final = 17.0
_AXIS: Final = 34.0
_TITLE: Final = 19.0
_LEVEL: Final = 17.0
_PAD: Final = 9.0
_MAILS: Final = 46.0
_TOO_CLOSE: Final = 13.0
SIGNS: Final = {Certainty.CONTESTED: "?", Certainty.POLICY: "i", Certainty.CHOSEN: "c"}
"""The letter beside a mark whose date is not certain."""


@dataclass(frozen=True)
class TimelineMark:
    """One dated thing: a period, the day we act by, the last day, and what became of it."""

    x: float
    y: float
    shape: str
    sign: str
    opens: float | None
    safe: float | None
    legal: float | None
    tells: str


@dataclass(frozen=True)
class Drawn:
    """A lane with its marks; ``y`` is its top; ``undated`` tells how many of its items have no day."""

    name: str
    title: str
    debtor: str
    y: float
    height: float
    marks: tuple[TimelineMark, ...]
    undated: str


@dataclass(frozen=True)
class Tick:
    """The messages of a day."""

    x: float
    height: float
    tells: str


@dataclass(frozen=True)
class Timeline:
    """Everything drawn, in units of the drawing."""

    width: float
    height: float
    axis: float
    top: float
    bottom: float
    years: tuple[Band, ...]
    months: tuple[Band, ...]
    flags: tuple[Flag, ...]
    lanes: tuple[Drawn, ...]
    mails: tuple[Tick, ...]
    mails_y: float
    mails_title: str
    shapes: tuple[tuple[str, str], ...]
    edges: tuple[float, float] = (LEFT, RIGHT)


def timeline(story: Story) -> Timeline:
    """Return the picture of a story."""
    drawn = scale(story)
    planted, rows = flags(story, drawn)
    axis = rows * _FLAG_ROW + 6
    y = top = axis + _AXIS
    found: list[Drawn] = []
    for lane in lanes(story):
        one = _lane(story, lane, drawn, y)
        found.append(one)
        y += one.height
    bottom = y + _MAILS
    used = {mark.shape for lane in found for mark in lane.marks}
    label = words(story.language)
    return Timeline(
        width=WIDTH,
        height=bottom + 4,
        axis=axis,
        top=top,
        bottom=bottom,
        years=years(drawn),
        months=months(drawn, story.language),
        flags=planted,
        lanes=tuple(found),
        mails=tuple(_mails(story, drawn)),
        mails_y=bottom,
        mails_title=label["lane-mails"],
        shapes=tuple((one, label[one]) for one in Outcome if one in used),
    )


def _lane(story: Story, lane: Lane, drawn: Scale, y: float) -> Drawn:
    """Marks too close to each other are drawn one above the other."""
    levels: list[float] = []
    marks: list[TimelineMark] = []
    dated = [(day, item) for item in lane.items if (day := day_of(item)) is not None]
    for day, item in sorted(dated, key=lambda pair: (pair[0], pair[1].key)):
        x = drawn.x(day)
        level = next((n for n, taken in enumerate(levels) if x - taken >= _TOO_CLOSE), len(levels))
        levels[level : level + 1] = [x]
        marks.append(_mark(story, item, drawn, x, y + _TITLE + _PAD + level * _LEVEL))
    height = _TITLE + _PAD + max(len(levels), 1) * _LEVEL
    missing = len(lane.items) - len(dated)
    undated = counted(missing, "undated", story.language) if missing else ""
    return Drawn(lane.name, lane.title, lane.debtor, y, height, tuple(marks), undated)


def _mark(story: Story, item: Item, drawn: Scale, x: float, y: float) -> TimelineMark:
    legal, safe = item.legal_last_day, item.safe_day
    return TimelineMark(
        x=x,
        y=round(y, 1),
        shape=outcome(story, item),
        sign=SIGNS.get(item.certainty, ""),
        opens=drawn.x(item.opens_on) if item.opens_on and (legal or safe) else None,
        safe=drawn.x(safe) if safe else None,
        legal=drawn.x(legal) if legal else None,
        tells=_tells(story, item),
    )


def _tells(story: Story, item: Item) -> str:
    row = story.row(item)
    said = (row.title, debtor_of(story, item.owed_by), *days_of(row), row.certainty, in_words(story, item))
    return " · ".join(one for one in said if one)


def _mails(story: Story, drawn: Scale) -> list[Tick]:
    sent = Counter(story.local(m.at).date() for m in story.dossier.outbox if m.status != "superseded")
    unit = min(3.0, 26 / max(sent.values(), default=1))
    return [
        Tick(drawn.x(day), round(max(count * unit, 3.0), 1), label)
        for day, count in sorted(sent.items())
        for label in [f"{shown(day, story.language)} · {counted(count, 'mail', story.language)}"]
    ]
