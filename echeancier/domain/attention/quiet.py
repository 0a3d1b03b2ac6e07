"""What an acknowledgement silences: whoever said « vu » or « pas avant le … » hears nothing of it until its one call.

Rules (all of this is our own choice, no law stands behind it):

* « vu » by anybody of a party: its people are called again on the safe day, once, and not before; for a meeting that has no
  date yet, at its usual last call: on its safe day it is to be held, no more to be arranged;
* « pas avant le … »: on the first working day from the one chosen, at the latest on that day; then as usual;
* a problem silences nothing;
* after the last day the thing is overdue and goes up as always: what is acknowledged is not done;
* once the item stands on another day than the one it was said of, nothing is silenced any more.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Item
from echeancier.domain.attention.reminder_stages import CHASED, Due, stages
from echeancier.domain.facts.acknowledgement import Acknowledged
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.standing.situation import Situation
from echeancier.domain.standing.when_mail_may_leave import morning
from echeancier.domain.terms.policy import STAGES

_CALLS = STAGES[:3]
"""What may be kept quiet: overdue and the manager never are."""


class Quiet(NamedTuple):
    """A party that acknowledged an item.

    Attributes:
        fact: the id of what it said; ``said`` what that was.
        recorded_at: the instant at which it was recorded.
        call: the one call that ends the silence.
    """

    fact: str
    said: Acknowledged
    recorded_at: datetime
    call: Due

    def silences(self, due: Due) -> bool:
        """Whether a stage is not spoken of to the party: it comes before its call, which is never after the last day."""
        return due.at < self.call.at

    @property
    def owes_a_call(self) -> bool:
        """Whether its call comes after it was said: on the safe day itself nothing more is promised."""
        return self.call.at > self.recorded_at


def quiet(s: Situation, item: Item, party: str) -> Quiet | None:
    """Return the acknowledgement of an item that holds for a party, None without one."""
    return _by_party(s, item).get(party)


def all_quiet(s: Situation, item: Item) -> tuple[Quiet, ...]:
    """Return the acknowledgement of each party that gave one and still holds."""
    return tuple(_by_party(s, item).values())


def quiet_of(s: Situation, item: Item, role: str) -> Quiet | None:
    """Return the acknowledgement that holds for the party of a role, None without one."""
    return quiet(s, item, s.convention.roles[role].party)


def last_said(s: Situation, item: Item, role: str, what: Literal["seen", "problem"]) -> Acknowledged | None:
    """Return what the party of a role last said of an item that still holds, None without it.

    Args:
        s: the situation.
        item: of its agenda.
        role: of the party.
        what: ``seen`` for what silences (seen, or put off), ``problem`` for what stands in the way.
    """
    party = s.convention.roles[role].party
    if what == "seen":
        found = quiet(s, item, party)
        return None if found is None else found.said
    told = (fact for _, fact in problems(s, item.key) if s.convention.roles[fact.role].party == party)
    return max(told, key=lambda fact: fact.on, default=None)


def problems(s: Situation, item: str) -> tuple[tuple[Recorded, Acknowledged], ...]:
    """Return what was said to stand in the way of an item, in recording order."""
    return tuple((record, fact) for record, fact in _said_of(s, item) if fact.answer == "problem")


def all_problems(s: Situation) -> tuple[tuple[Recorded, Acknowledged], ...]:
    """Return what was said to stand in the way of anything, item by item."""
    return tuple(one for said in _by_item_once(s).values() for one in said if one[1].answer == "problem")


def latest_day(s: Situation, item: Item) -> date | None:
    """Return the last day to which an item may be put off: that of its last call; None where it cannot be.

    What has only hours left, or a date already, cannot.
    """
    if item.legal_last_instant is not None or item.meeting_at is not None:
        return None
    last = _last_call(s, item)
    return None if last is None else last.at.date()


def is_called_for(s: Situation, item: Item) -> bool:
    """Whether anybody is called for an item, so that something may be said of the calls; a meeting with its date is not."""
    return item.meeting_at is None and next(iter(stages(s, item)), None) is not None


def may_be_seen(s: Situation, item: Item) -> bool:
    """Whether saying « vu » of an item still silences something: calls are still to come, or one on this very day."""
    last = _last_call(s, item) if item.state in CHASED and item.meeting_at is None else None
    return last is not None and s.today <= last.at.astimezone(s.zone).date()


def may_be_put_off(s: Situation, item: Item) -> bool:
    """Whether a day remains to which an item may be put off."""
    latest = latest_day(s, item) if item.state in CHASED else None
    return latest is not None and s.today < latest


_Said = tuple[Recorded, Acknowledged]


def _said_of(s: Situation, item: str) -> tuple[_Said, ...]:
    return _by_item_once(s).get(item, ())


def _by_item_once(s: Situation) -> dict[str, tuple[_Said, ...]]:
    return s.computed_once("acknowledged", "", s.records, lambda: _by_item(s))


def _by_item(s: Situation) -> dict[str, tuple[_Said, ...]]:
    found: dict[str, list[_Said]] = defaultdict(list)
    for record in s.records:
        fact = record.fact
        if isinstance(fact, Acknowledged) and fact.role in s.convention.roles:
            found[fact.item].append((record, fact))
    return {item: tuple(said) for item, said in found.items()}


def _by_party(s: Situation, item: Item) -> dict[str, Quiet]:
    said = _said_of(s, item.key)
    if not said or item.meeting_at is not None or item.state not in CHASED:
        return {}
    found: dict[str, Quiet] = {}
    for record, fact in said:
        if fact.answer == "problem":
            continue
        party = s.convention.roles[fact.role].party
        found.pop(party, None)  # the last one said counts alone
        if _said_of_its_day(s, record, fact, item) and (call := _call(s, item, fact)) is not None:
            found[party] = Quiet(record.id, fact, record.recorded_at, call)
    return found


def _said_of_its_day(s: Situation, record: Recorded, fact: Acknowledged, item: Item) -> bool:
    then = fact.of_day
    if then is None:
        then = s.computed_once("ground", (record.id, record.version), s.records, lambda: _ground_then(s, record, fact))
    return then == item.ground


def _ground_then(s: Situation, record: Recorded, fact: Acknowledged) -> date | None:
    """What the item stands on without whatever was recorded since."""
    known = tuple(r for r in s.records if r.recorded_at <= record.recorded_at)
    terms = s.versions.all[0].convention if s.versions.all else s.convention
    then = situation(
        terms, known, s.now, policy=s.policy, registered_on=s.registered_on, carried=s.carried, annexes=s.annexes
    )
    item = agenda_of(then).item(fact.item)
    return None if item is None else item.ground


def _last_call(s: Situation, item: Item) -> Due | None:
    """The last moment at which a call still serves; None for what is never called."""
    usual = tuple(stages(s, item))
    if not usual or item.safe_day is None:
        return None
    if item.legal_last_instant is None:
        ahead = s.policy.leads_for(item.kind).last_call if item.traits.is_meeting else 0
        return Due("last-call", morning(s, s.calendar.prev_workable(item.safe_day - timedelta(days=ahead))))
    return max((due for due in usual if due.stage in _CALLS), key=lambda due: due.rank, default=None)


def _call(s: Situation, item: Item, fact: Acknowledged) -> Due | None:
    """The call that ends the silence; None for what is never called."""
    last = _last_call(s, item)
    if last is None or fact.until is None or item.legal_last_instant is not None:
        return last
    day = s.calendar.next_workable(fact.until)
    if day >= last.at.date():
        return last
    due = [one.stage for one in stages(s, item) if one.stage in _CALLS and one.at.date() <= day]
    return Due(due[-1] if due else "notice", morning(s, day))
