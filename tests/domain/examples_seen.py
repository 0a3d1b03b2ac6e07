"""The example conventions as seen at an instant, with more facts than those of their own file."""

from __future__ import annotations

from datetime import date
from functools import cache

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.domain.agenda.adoption import Latest, latest_convocation, own_act
from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Agenda, Item
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import EXAMPLES, at


@cache
def example(name: str) -> tuple[Convention, tuple[Recorded, ...]]:
    """Return an example convention and the facts of its file."""
    terms = load_convention(EXAMPLES / f"{name}.toml")
    return terms, as_records(load_facts(EXAMPLES / f"{name}.facts.toml"), terms.place.time_zone)


def next_id(name: str, number: int = 1) -> str:
    """Return the id that the n-th fact added to an example gets."""
    return f"f{len(example(name)[1]) + number}"


def seen_by(name: str, now: str, *more: Fact, us: str = "") -> Situation:
    """Return the situation of an example on a day, each fact added being told on its own day, or today if it is ahead.

    Args:
        name: of the example.
        now: local day, at 10:00.
        more: facts added to those of its file.
        us: the party that runs the program, when it is not the one of the file.
    """
    terms, records = example(name)
    if us:
        roles = {**terms.roles, "coordinator": terms.roles["coordinator"].model_copy(update={"party": us})}
        terms = terms.model_copy(update={"us": us, "roles": roles})
    added = tuple(
        Recorded(id=f"f{n}", fact=fact, recorded_at=min(at(day_of(fact)), at(now)), recorded_by="coordinator")
        for n, fact in enumerate(more, start=len(records) + 1)
    )
    return situation(terms, (*records, *added), at(now))


def agenda_by(name: str, now: str, *more: Fact, us: str = "") -> Agenda:
    """Return the agenda of an example on a day."""
    return agenda_of(seen_by(name, now, *more, us=us))


def latest_of_ours(s: Situation, session: date) -> Latest:
    """Return the last day to convene a session of our own assembly."""
    return latest_convocation(s, session, own_act(s))


def days_of(item: Item) -> tuple[date | None, date | None]:
    """Return the last day allowed and the day to act by."""
    return item.legal_last_day, item.safe_day


def warned(found: Agenda) -> set[str]:
    """Return the ids of the warnings."""
    return {warning.id for warning in found.warnings}
