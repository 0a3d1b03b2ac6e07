"""The heart: a convention and its facts in, its agenda out. Pure: no clock, no file, no engine."""

from datetime import date, datetime

from domain.convention import Convention
from domain.facts import Recorded, in_force
from domain.institutions import as_changed
from domain.items import Agenda, Item, Question, Warning
from domain.policy import DEFAULT_POLICY, Policy
from domain.procedures.account_manager import account_manager
from domain.procedures.asking import asking
from domain.procedures.authority import authority
from domain.procedures.breach import breach
from domain.procedures.certificates import certificates
from domain.procedures.convocation import convocation
from domain.procedures.council_act import council_act
from domain.procedures.data_incident import data_incident
from domain.procedures.dispute import dispute
from domain.procedures.ending import ending
from domain.procedures.family import family
from domain.procedures.litigation import litigation
from domain.procedures.minutes import minutes
from domain.procedures.money import money
from domain.procedures.on_event import on_event
from domain.procedures.order import order
from domain.procedures.posting import posting
from domain.procedures.recurring import recurring
from domain.procedures.renewal import renewal
from domain.procedures.signature import signature
from domain.procedures.survival import survival
from domain.procedures.suspension import suspension
from domain.procedures.termination import termination
from domain.procedures.unrecorded import unrecorded
from domain.situation import Situation

PROCEDURES = (
    council_act, convocation, authority, signature, recurring, minutes, order, on_event, data_incident, account_manager,
    money, asking, suspension, breach, dispute, family, renewal, termination, posting, ending, litigation, certificates,
    unrecorded, survival,
)  # fmt: skip
"""Every procedure, in the order in which a reader expects them."""


def situation(
    convention: Convention,
    records: tuple[Recorded, ...],
    now: datetime,
    *,
    policy: Policy = DEFAULT_POLICY,
    registered_on: date | None = None,
) -> Situation:
    """Return the situation of a convention: only the facts in force count, in the order in which they were told."""
    told = sorted(records, key=lambda r: (r.version > 1, r.recorded_at, len(r.id), r.id, r.version))
    known = in_force(tuple(told))
    return Situation(as_changed(convention, known), known, policy, now, registered_on)


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
    """Compute the agenda of a situation, once; items sorted by the day to act, those without a day last."""
    return s.once("agenda", "", s, lambda: _computed(s))


def _computed(s: Situation) -> Agenda:
    found = [thing for procedure in PROCEDURES for thing in procedure(s)]
    items = [thing for thing in found if isinstance(thing, Item)]
    return Agenda(
        reference=s.convention.reference,
        effect_on=s.effect_on,
        ends_on=s.ends_on,
        natural_end=s.natural_end,
        operational_from=s.operational_from,
        items=tuple(sorted(items, key=lambda i: (i.safe_day or i.legal_last_day or date.max, i.key))),
        questions=tuple(thing for thing in found if isinstance(thing, Question)),
        warnings=tuple(thing for thing in found if isinstance(thing, Warning)),
    )
