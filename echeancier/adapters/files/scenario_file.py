"""Scenarios written by hand, in TOML: which conventions live together, how their people behave, what happens differently.

The format is described in ``docs/scenarios.md``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.adapters.files.scenario_content import Cast, ScenarioContent, unknown_names
from echeancier.adapters.files.scenario_lines import line_of
from echeancier.adapters.files.toml_file import TomlError, parse_toml, read_text
from echeancier.domain.errors import FileContentError
from echeancier.domain.facts.parent import ParentEnds, ParentSigned
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.signing import Signed
from echeancier.domain.rehearsal.beginning import first_instant
from echeancier.domain.rehearsal.happenings import Happening, ScenarioPlayer
from echeancier.domain.rehearsal.player import Diligent, Player, script_of
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.model_problems import problems_in_french
from echeancier.domain.typography import nbsp

_MORNING = time(10)


class ScenarioFileError(FileContentError):
    """A scenario file cannot be played as it stands."""


@dataclass(frozen=True)
class ScenarioPart:
    """One convention of a scenario, and who plays its people.

    Attributes:
        begins: aware; it is registered then, or when the scenario begins if that is later.
        records: the facts it is registered with.
        facts: all that its facts file says, told before or during the rehearsal.
    """

    convention: Convention
    player: Player
    begins: datetime
    records: tuple[Recorded, ...] = ()
    facts: tuple[Recorded, ...] = ()


@dataclass(frozen=True)
class RefusedMail:
    """An address whose mail the relay does not take.

    Attributes:
        answer: the code of the refusal.
        times: how many times it is refused; None for always.
    """

    address: str
    answer: int
    times: int | None


@dataclass(frozen=True)
class Scenario:
    """A scenario, ready to be played.

    Attributes:
        until: the day on which the rehearsal stops; None to live to the end.
    """

    title: str
    title_en: str
    parts: tuple[ScenarioPart, ...]
    refused: tuple[RefusedMail, ...]
    until: date | None


def load_scenario(path: Path) -> Scenario:
    """Return the scenario written in the TOML file at ``path``; the files it names are looked for beside it.

    Raises:
        ScenarioFileError: the file is missing, is not TOML, or cannot be played; every problem is given at once.
        ConventionFileError, FactsFileError: so does a file that it names.
    """
    try:
        data = parse_toml(read_text(path))
        read = ScenarioContent.model_validate(data)
    except TomlError as problem:
        raise ScenarioFileError(path.name, (str(problem),)) from None
    except ValidationError as error:
        raise ScenarioFileError(path.name, problems_in_french(error, ScenarioContent, data)) from None
    conventions = [_terms(path, cast) for cast in read.convention]
    problems = [*unknown_names(read, conventions)]
    lines: dict[str, list[Happening]] = {c.reference: [] for c in conventions}
    for number, block in enumerate(read.happens, start=1):
        whose = str(block.get("convention", conventions[0].reference))
        found, wrong = line_of(block, number, next((c for c in conventions if c.reference == whose), conventions[0]))
        problems += [f"happens[{number}]\u00a0: {one}" for one in wrong]
        if found is not None and whose in lines:
            lines[whose].append(found)
    if problems:
        raise ScenarioFileError(path.name, tuple(nbsp(one) for one in problems))
    pairs = zip(read.convention, conventions, strict=True)
    there = {c.reference for c in conventions}
    parts = tuple(_part(path, _with_people(cast, read), c, lines[c.reference], there) for cast, c in pairs)
    return Scenario(read.title, read.title_en, parts, tuple(_refusals(read, conventions)), read.until)


def _terms(path: Path, cast: Cast) -> Convention:
    """Read the terms; a quorum that a scenario wants replaces the one of the preferences."""
    read = load_convention(path.parent / cast.file)
    duties = tuple(
        d.model_copy(update={"meeting": d.meeting.model_copy(update={"quorum": cast.quorum[d.id]})})
        if d.meeting is not None and d.id in cast.quorum
        else d
        for d in read.duty
    )
    return read.model_copy(update={"duty": duties})


def _part(path: Path, cast: Cast, terms: Convention, lines: list[Happening], there: set[str]) -> ScenarioPart:
    zone = ZoneInfo(terms.place.time_zone)
    known = as_records(load_facts(path.parent / cast.facts), terms.place.time_zone) if cast.facts else ()
    records = _numbered(tuple(r for r in known if not _left_out(r, cast, terms, there)))
    begins = first_instant(terms, records)
    if cast.registered_on is not None:
        begins = datetime.combine(cast.registered_on, _MORNING, tzinfo=zone)
    if begins is None:
        wanted = f"{cast.file}\u00a0: sans fait ni date d’effet, dire quel jour elle est enregistrée par registered_on"
        raise ScenarioFileError(path.name, (wanted,))
    later = tuple(r for r in records if r.recorded_at > begins or cast.registered_on is None)
    told = ScenarioPlayer(terms, script_of(later), tuple(lines))
    left_undone = frozenset(cast.left_undone)
    player: Player = Diligent(terms, told, left_undone=left_undone) if cast.people == "diligent" else told
    return ScenarioPart(terms, player, begins, tuple(r for r in records if r not in later), records)


def _numbered(records: tuple[Recorded, ...]) -> tuple[Recorded, ...]:
    """Close the gaps that the lines left out leave in the numbers, and in what points at them."""
    ids = {record.id: f"f{number}" for number, record in enumerate(records, start=1)}
    found = []
    for record in records:
        letter = ids.get(str(getattr(record.fact, "letter", "")))
        fact = record.fact.model_copy(update={"letter": letter}) if letter else record.fact
        found.append(record.model_copy(update={"id": ids[record.id], "fact": fact}))
    return tuple(found)


def _with_people(cast: Cast, read: ScenarioContent) -> Cast:
    return cast.model_copy(update={"people": cast.people or read.people})


def _left_out(record: Recorded, cast: Cast, terms: Convention, there: set[str]) -> bool:
    """A signature refused is not given; a parent that is played tells its annexes itself."""
    fact = record.fact
    if isinstance(fact, Signed):
        return fact.party in cast.refuses_to_sign
    parent = terms.parent.reference if terms.parent else None
    return isinstance(fact, ParentSigned | ParentEnds) and parent in there


def _refusals(read: ScenarioContent, conventions: list[Convention]) -> Iterator[RefusedMail]:
    for refused in read.mail_refused:
        terms = next((c for c in conventions if c.reference == refused.convention), conventions[0])
        yield RefusedMail(terms.roles[refused.role].address, refused.answer, refused.times)
