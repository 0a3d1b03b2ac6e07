"""The heart: a convention and its facts in, its agenda out. Pure: no clock, no file, no engine."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from echeancier.domain.agenda.accounts import account_manager
from echeancier.domain.agenda.adoption import authority, convocation, council_act
from echeancier.domain.agenda.amendments import amended
from echeancier.domain.agenda.breach import breach
from echeancier.domain.agenda.calendar_duties import calendar_duties
from echeancier.domain.agenda.challenges import challenges
from echeancier.domain.agenda.destruction import certificates, litigation
from echeancier.domain.agenda.dispute import dispute
from echeancier.domain.agenda.end_sentence import end_sentence
from echeancier.domain.agenda.ending import ending
from echeancier.domain.agenda.events import on_event
from echeancier.domain.agenda.family import family, naming_annexes
from echeancier.domain.agenda.gates import gates, kept_waiting
from echeancier.domain.agenda.items import Agenda, Item, Question, Warning
from echeancier.domain.agenda.meetings import minutes
from echeancier.domain.agenda.moved import moved_by_amendments
from echeancier.domain.agenda.order import in_order
from echeancier.domain.agenda.payments import payments
from echeancier.domain.agenda.personal_data import data_incident
from echeancier.domain.agenda.questions import asking
from echeancier.domain.agenda.recurring import recurring
from echeancier.domain.agenda.renewal import renewal
from echeancier.domain.agenda.signature import signature
from echeancier.domain.agenda.survival import survival
from echeancier.domain.agenda.suspension import suspension
from echeancier.domain.agenda.tacit import tacit
from echeancier.domain.agenda.termination import posting, termination
from echeancier.domain.agenda.unrecorded import unrecorded
from echeancier.domain.agenda.versions import in_their_version
from echeancier.domain.agenda.windows import windows
from echeancier.domain.facts.recorded import Recorded, in_force
from echeancier.domain.standing.names import as_changed
from echeancier.domain.standing.situation import Situation
from echeancier.domain.standing.versions import versions_of
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import DEFAULT_POLICY, Policy

PROCEDURES = (
    council_act, challenges, convocation, authority, signature, recurring, calendar_duties, minutes, gates, on_event,
    data_incident, account_manager,
    payments, windows, asking, suspension, breach, dispute, amended, family, tacit, renewal, termination, posting, ending,
    litigation, certificates, unrecorded, survival,
)  # fmt: skip
"""Every procedure, in the order in which a reader expects them."""


def situation(
    convention: Convention,
    records: tuple[Recorded, ...],
    now: datetime,
    *,
    policy: Policy = DEFAULT_POLICY,
    registered_on: date | None = None,
    carried: Mapping[str, str] | None = None,
    annexes: Sequence[str] = (),
) -> Situation:
    """Return the situation of a convention: only the facts in force count, in the order in which they were told.

    Its terms are those in force on the day of ``now``. ``carried`` says which other convention has a shared act published and
    transmitted (`Dossier.carried`), ``annexes`` which hang from it (`Dossier.annexes`); the rest is as for `agenda`.
    """
    told = sorted(records, key=lambda r: (r.version > 1, r.recorded_at, len(r.id), r.id, r.version))
    known = in_force(tuple(told))
    versions = versions_of(convention, known)
    terms = as_changed(convention, known)
    s = Situation(terms, known, policy, now, registered_on, carried or {}, versions, annexes=tuple(annexes))
    return replace(s, convention=s.terms_on(s.today)) if versions.all else s


def agenda(
    convention: Convention,
    records: tuple[Recorded, ...],
    now: datetime,
    *,
    policy: Policy = DEFAULT_POLICY,
    registered_on: date | None = None,
) -> Agenda:
    """Compute everything that is dated, asked or contradictory in a convention, as seen at ``now``.

    Args:
        convention: the terms as agreed.
        records: what happened, as recorded, all versions.
        now: aware instant from which states are judged.
        policy: our own lead times and margins.
        registered_on: local day the convention was registered; what was over before is *past*, never chased.
    """
    return agenda_of(situation(convention, records, now, policy=policy, registered_on=registered_on))


def agenda_of(s: Situation) -> Agenda:
    """Compute the agenda of a situation, once; items sorted by the day to act, those without a day last.

    Of one day, series by series, each in the order in which its procedure makes its things: a key is never read back for it.
    """
    return s.computed_once("agenda", "", s, lambda: _computed(s))


def without_those_who_left(s: Situation, items: list[Item]) -> list[Item]:
    """Return the items once some parties leave and others go on: what one owes or is owed alone ends with it.

    Of what concerns the others too, it is told no more once it is out.
    """
    if s.leaver:
        return items
    for party in s.exits:
        own = [i for i in agenda_of(s.as_left(party)).items if party in (i.owed_by, i.owed_to)]
        items = [_told_to_the_others(s, i, party) for i in items if party not in (i.owed_by, i.owed_to)] + own
    return items


def _of_those_who_left(s: Situation) -> Iterator[Warning]:
    """Yield what is to be settled with each party that leaves while others go on."""
    for party in () if s.leaver else s.exits:
        yield from (one for one in agenda_of(s.as_left(party)).warnings if one.leaver == party)


def _told_to_the_others(s: Situation, item: Item, party: str) -> Item:
    day = item.legal_last_day or item.safe_day or item.opens_on
    if day is None or not s.has_left(party, day):
        return item
    roles = s.convention.roles
    told = {
        name: tuple(role for role in getattr(item, name) if roles[role].party != party)
        for name in ("responsible", "informed", "tell")
    }
    return item.model_copy(update=told)


def _things(s: Situation) -> list[Item | Question | Warning]:
    return [thing for procedure in PROCEDURES for thing in procedure(s)]


def _computed(s: Situation) -> Agenda:
    found = in_their_version(s, _things)
    items = moved_by_amendments(s, [thing for thing in found if isinstance(thing, Item)])
    items, out_of_order = in_order(s, without_those_who_left(s, items))
    items = naming_annexes(s, kept_waiting(s, items))
    return Agenda(
        reference=s.convention.reference,
        effect_on=s.effect_on,
        ends_on=s.ends_on,
        natural_end=s.natural_end,
        bound_until=s.bound_until,
        renews=end_sentence(s),
        operational_from=s.operational_from,
        items=tuple(sorted(items, key=lambda i: (i.safe_day or i.legal_last_day or date.max, i.series))),
        questions=tuple(thing for thing in found if isinstance(thing, Question)),
        warnings=(*(thing for thing in found if isinstance(thing, Warning)), *out_of_order, *_of_those_who_left(s)),
    )
