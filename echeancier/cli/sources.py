"""What the commands without an engine work on: a convention file, a facts file, an instant to look from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from echeancier.adapters.files.convention_file import load_convention
from echeancier.domain.errors import ConventionFileError
from echeancier.domain.facts.catalogue import day_of
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.terms.checks import too_many_dates
from echeancier.domain.terms.convention import Convention

_WHENEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Without an engine nothing is recorded: a fact may be told on any day, past or to come."""


@dataclass(frozen=True)
class Sources:
    """A convention and the facts known at an instant.

    Attributes:
        now: aware, in the time zone of the convention's place.
        left_out: how many facts of the file were not yet known then.
    """

    convention: Convention
    records: tuple[Recorded, ...]
    now: datetime
    left_out: int = 0

    @property
    def registered_on(self) -> date:
        """The local day of the earliest recording; the day we look from when there is none."""
        told = [record.recorded_at for record in self.records]
        return min(told, default=self.now).astimezone(self.now.tzinfo).date()


def read_files(file: Path, facts: Path | None) -> tuple[Convention, tuple[Recorded, ...]]:
    """Return the convention and every fact of the files.

    Raises:
        ConventionFileError, FactsFileError: a file is missing or must be put right, or a fact would be refused.
    """
    convention = load_convention(file)
    if (many := too_many_dates(convention, datetime.now(ZoneInfo(convention.place.time_zone)).date())) is not None:
        raise ConventionFileError(file.name, (many.fr,))
    if facts is None:
        return convention, ()
    # Through the same door as when they are recorded: a mistyped fact must be said, not silently without effect.
    from echeancier.cli.admission import admitted  # noqa: PLC0415 - the door and all its checks, for who brings facts

    return convention, admitted(facts, convention, _WHENEVER)


def end_of(day: date, convention: Convention) -> datetime:
    """Return the last second of a local day: what was told or ran out on that day counts."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(convention.place.time_zone))


def sources(file: Path, facts: Path | None, as_of: date | None) -> Sources:
    """Read the files and keep what was known at the end of ``as_of``, or now when it is left out.

    Raises:
        ConventionFileError, FactsFileError: a file is missing or must be put right.
    """
    convention, records = read_files(file, facts)
    zone = ZoneInfo(convention.place.time_zone)
    now = datetime.now(zone) if as_of is None else end_of(as_of, convention)
    known = tuple(record for record in records if _known_on(record, now.date(), zone))
    return Sources(convention, known, now, len(records) - len(known))


def _known_on(record: Recorded, day: date, zone: ZoneInfo) -> bool:
    if record.recorded_at.astimezone(zone).date() > day:
        return False
    return record.fact.COUNTS_ONCE_TOLD or day_of(record.fact) <= day
