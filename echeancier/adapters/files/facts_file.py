"""Facts written by hand, in TOML: the past of a convention being registered, or a scenario to rehearse.

The format is described in ``docs/facts-file.md``: one ``[[fact]]`` block per fact.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from echeancier.adapters.files.toml_file import TomlError, parse_toml, read_text
from echeancier.domain.errors import FactsFileError
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.kinds import FACT, KINDS
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.facts.parent import ParentEnds
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.refusal import Refusal, one_instant
from echeancier.domain.model import Frozen, Slug
from echeancier.domain.terms.model_places import known_keys
from echeancier.domain.terms.model_problems import problems_in_french

MOST_FACTS = 500
"""Facts of a file: ten years of a meeting every two months, with its invitations, are two hundred."""

_RECORDED_LOCAL_TIME = time(10, 0)
_ARRANGED_DAYS_AHEAD = 21
_DAY_ALONE = r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*"


class _Recording(Frozen):
    """The keys of a ``[[fact]]`` block that say how the fact was recorded, beside the fact itself."""

    recorded_at: datetime | None = None
    recorded_on: date | None = None
    by: Slug = "coordinator"


class FactEntry(_Recording):
    """A fact as the file gives it.

    Attributes:
        fact: what happened.
        recorded_at: when it was told to us; local time of the convention's place when it carries no offset.
        recorded_on: the day it was told to us, when the hour does not matter.
        by: the role that told it.
    """

    fact: Fact

    def told_at(self, zone: ZoneInfo) -> datetime:
        """Return the instant of recording, aware.

        Without ``recorded_at`` it is 10:00 local time: of ``recorded_on``; failing that, of the fact's own
        day (never before the hour of an event that has one); and of 21 days before for a meeting that was
        arranged, since a meeting is arranged before it takes place.
        """
        if self.recorded_at is not None:
            return self.recorded_at if self.recorded_at.tzinfo else self.recorded_at.replace(tzinfo=zone)
        day = self.recorded_on or day_of(self.fact)
        if self.recorded_on is None and isinstance(self.fact, MeetingArranged):
            day -= timedelta(days=_ARRANGED_DAYS_AHEAD)
        told = datetime.combine(day, _RECORDED_LOCAL_TIME, tzinfo=zone)
        if self.recorded_on is None and isinstance(self.fact, Happened) and self.fact.at is not None:
            return max(told, self.fact.at.astimezone(zone))
        return told


def load_facts(path: Path | str) -> tuple[FactEntry, ...]:
    """Return the facts written in the TOML file at ``path``, in the order of the file.

    Raises:
        FactsFileError: the file is missing, is not TOML, or holds what is not a fact; every problem is given
            at once, one per line, in French, with the file's name and the place in it.
    """
    path = Path(path)
    try:
        text = read_text(path)
    except TomlError as problem:
        raise FactsFileError(path.name, (str(problem),)) from None
    return parse_facts(text, path.name)


def parse_facts(text: str, name: str) -> tuple[FactEntry, ...]:
    """Return the facts written in a TOML text; ``name`` is what the messages call the file.

    Raises:
        FactsFileError: as `load_facts`.
    """
    try:
        return facts_from(parse_toml(text), name)
    except TomlError as problem:
        raise FactsFileError(name, (str(problem),)) from None


def facts_from(data: Mapping[str, object], name: str) -> tuple[FactEntry, ...]:
    """Return the facts that the content of a TOML file says.

    Raises:
        FactsFileError: as `load_facts`.
    """
    others = (key for key in data if key != "fact")
    problems = [f"{key}\u00a0: seuls des blocs [[fact]] sont attendus dans ce fichier" for key in others]
    blocks = data.get("fact", [])
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise FactsFileError(name, (*problems, "fact\u00a0: écrire chaque fait dans un bloc [[fact]]"))
    if len(blocks) > MOST_FACTS:
        raise FactsFileError(name, (f"{len(blocks)} faits\u00a0: {MOST_FACTS} au plus par fichier",))
    entries: list[FactEntry] = []
    for number, block in enumerate(blocks, start=1):
        entry, wrong = _entry(block, f"fact[{number}]")
        problems += wrong
        entries += [entry] if entry else []
    if problems:
        raise FactsFileError(name, tuple(problems))
    return tuple(entries)


def as_records(entries: tuple[FactEntry, ...], time_zone: str) -> tuple[Recorded, ...]:
    """Return the entries as records ``f1``, ``f2``… in the order in which they were told.

    Args:
        entries: as loaded; entries told at the same instant keep the order of the file.
        time_zone: IANA name of the local time of the convention's place.

    Raises:
        FactsFileError: as `in_the_order_told`.
    """
    return tuple(
        Recorded(id=f"f{number}", fact=entry.fact, recorded_at=at, recorded_by=entry.by)
        for number, (at, _, entry) in enumerate(in_the_order_told(entries, time_zone), start=1)
    )


def in_the_order_told(
    entries: tuple[FactEntry, ...], time_zone: str, name: str = "faits"
) -> list[tuple[datetime, int, FactEntry]]:
    """Return each entry after the instant at which it was told and its number in the file, the first told first.

    Args:
        entries: as loaded; entries told at the same instant keep the order of the file.
        time_zone: IANA name of the local time of the convention's place.
        name: what the messages call the file.

    Raises:
        FactsFileError: an hour that the clocks of that place never show, or show twice.
    """
    if problems := tuple(_no_instants(entries, time_zone)):
        raise FactsFileError(name, problems)
    zone = ZoneInfo(time_zone)
    told = [(entry.told_at(zone), number, entry) for number, entry in enumerate(entries, start=1)]
    return sorted(told, key=itemgetter(0, 1))


def _no_instants(entries: tuple[FactEntry, ...], time_zone: str) -> Iterator[str]:
    for number, entry in enumerate(entries, start=1):
        starts_at = entry.fact.starts_at if isinstance(entry.fact, MeetingArranged) else None
        for key, told in (("starts_at", starts_at), ("recorded_at", entry.recorded_at)):
            try:
                _ = told and one_instant(told, time_zone)
            except Refusal as refused:
                yield f"fact[{number}].{key}\u00a0: {refused.text.fr}"


def _entry(block: Mapping[str, object], name: str) -> tuple[FactEntry | None, tuple[str, ...]]:
    beside, told = _split(block)
    if problems := tuple(_no_days(block, name)):
        return None, problems
    try:
        recording = _Recording.model_validate(beside)
    except ValidationError as error:
        problems = problems_in_french(error, _Recording, beside, block=name)
    try:
        fact = FACT.validate_python(told)
    except ValidationError as error:
        problems += problems_in_french(error, Fact, told, block=name, tagged=True)
    if problems:
        return None, problems
    entry = FactEntry(fact=fact, **recording.model_dump())
    if isinstance(fact, ParentEnds) and entry.recorded_at is None and entry.recorded_on is None:
        # Its own day is the end itself, years after it was known: there is no sensible default.
        return None, (f"{name}.recorded_on\u00a0: dire quel jour cette fin a été connue, comme 2021-04-20",)
    return entry, ()


def _no_days(block: Mapping[str, object], name: str) -> Iterator[str]:
    """What stands for a day or an hour and is none: pydantic would read a number as seconds since 1970, a day as its midnight."""
    kind = KINDS.get(str(block.get("kind")))
    sorts = {"recorded_at": "moment", "recorded_on": "day"} | ({f.name: f.sort for f in kind.fields} if kind else {})
    for key, value in block.items():
        sort = sorts.get(key)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        digits = isinstance(value, str) and re.fullmatch(r"[-+]?[0-9.]+", value.strip()) is not None
        if sort == "day" and (number or digits):
            yield f"{name}.{key}\u00a0: une date est attendue, comme 2021-04-20, sans guillemets (écrit\u00a0: {value})"
        elif sort == "number" and isinstance(value, bool):
            yield f"{name}.{key}\u00a0: ni true ni false n’est attendu ici (écrit\u00a0: {str(value).lower()})"
        elif sort == "moment" and (number or digits or type(value) is date or re.fullmatch(_DAY_ALONE, str(value))):
            yield f"{name}.{key}\u00a0: un jour et une heure sont attendus, comme 2021-04-20T10:00:00 (écrit\u00a0: {value})"


def _split(block: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Return how the fact was recorded, and the fact; ``by`` belongs to the fact where its kind has one."""
    kind = block.get("kind")
    keys = {"recorded_at", "recorded_on", "recorded_by"}
    if not (isinstance(kind, str) and "by" in known_keys(Fact, (kind,))):
        keys.add("by")
    beside = {key: value for key, value in block.items() if key in keys}
    if "recorded_by" in beside:
        beside["by"] = beside.pop("recorded_by")
    return beside, {key: value for key, value in block.items() if key not in keys}
