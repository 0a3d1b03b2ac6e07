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
from typing import NamedTuple

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Item
from echeancier.domain.attention.reminder_stages import CHASED, Due, stages
from echeancier.domain.facts.acknowledgement import Acknowledged, AckWord
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.standing.situation import Situation
from echeancier.domain.standing.when_mail_may_leave import morning
from echeancier.domain.terms.policy import STAGES

_CALLS = STAGES[:3]
"""What may be kept quiet: overdue and the manager never are."""


class Quiet(NamedTuple):
    """A party that acknowledged an item.

    Attributes:
        fact: the id of what it said.
        role: who said it.
        since: the local day on which it was said; ``said_at`` the instant at which it was recorded.
        until: the day chosen, None of « vu ».
        call: the one call that ends the silence.
    """

    fact: str
    role: str
    answer: AckWord
    since: date
    said_at: datetime
    until: date | None
    call: Due

    def silences(self, due: Due) -> bool:
        """Whether a stage is not spoken of to the party."""
        return due.stage in _CALLS and due.at < self.call.at

    @property
    def owes_a_call(self) -> bool:
        """Whether its call comes after it was said: on the safe day itself nothing more is promised."""
        return self.call.at > self.said_at


def quiet(s: Situation, item: Item, party: str) -> Quiet | None:
    """Return the acknowledgement of an item that holds for a party, None without one."""
    return _by_party(s, item).get(party)


def all_quiet(s: Situation, item: Item) -> tuple[Quiet, ...]:
    """Return the acknowledgement of each party that gave one and still holds."""
    return tuple(_by_party(s, item).values())


def quiet_of(s: Situation, item: Item, role: str) -> Quiet | None:
    """Return the acknowledgement that holds for the party of a role, None without one."""
    return quiet(s, item, s.convention.roles[role].party)


def problems(s: Situation, item: str) -> tuple[Recorded, ...]:
    """Return what was said to stand in the way of an item, in recording order."""
    return tuple(r for r in _said_of(s, item) if isinstance(r.fact, Acknowledged) and r.fact.answer == "problem")


def latest_day(s: Situation, item: Item) -> date | None:
    """Return the last day to which an item may be put off: that of its last call; None where it cannot be.

    What has only hours left, or a date already, cannot.
    """
    if item.legal_last_instant is not None or item.meeting_at is not None:
        return None
    last = _last_call(s, item)
    return None if last is None else last.at.date()


def _said_of(s: Situation, item: str) -> tuple[Recorded, ...]:
    return s.computed_once("acknowledged", "", s.records, lambda: _by_item(s)).get(item, ())


def _by_item(s: Situation) -> dict[str, tuple[Recorded, ...]]:
    found: dict[str, list[Recorded]] = defaultdict(list)
    for record in s.records:
        if isinstance(record.fact, Acknowledged) and record.fact.role in s.convention.roles:
            found[record.fact.item].append(record)
    return {item: tuple(records) for item, records in found.items()}


def _by_party(s: Situation, item: Item) -> dict[str, Quiet]:
    said = _said_of(s, item.key)
    if not said or item.meeting_at is not None or item.state not in CHASED:
        return {}
    found: dict[str, Quiet] = {}
    for record in said:
        fact = record.fact
        if isinstance(fact, Acknowledged) and fact.answer != "problem":
            party = s.convention.roles[fact.role].party
            found.pop(party, None)  # the last one said counts alone
            if _said_of_its_day(s, record, fact, item) and (call := _call(s, item, fact)) is not None:
                found[party] = Quiet(record.id, fact.role, fact.answer, fact.on, record.recorded_at, fact.until, call)
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
