"""Who answered the invitation to a meeting, and what; who has not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from pydantic import AwareDatetime

from domain.contacts import people, recipient
from domain.facts import Recorded
from domain.mail_facts import AnswerWord, InvitationAnswered
from domain.messages import Recipient
from domain.model import Frozen, Text
from domain.procedures.meeting import arrangement, duty_of, local, preferences_of
from domain.procedures.shape import roles_of
from domain.situation import Situation
from domain.words import NBSP, moment

ANSWER_WORDS: dict[str, Text] = {
    "none": Text(fr="pas de réponse", en="no answer"),
    "accepted": Text(fr="accepte", en="accepts"),
    "declined": Text(fr="refuse", en="declines"),
    "tentative": Text(fr="provisoire", en="tentative"),
    "counter": Text(fr="propose une autre date", en="proposes another date"),
    "delegated": Text(fr="délègue à quelqu’un d’autre", en="delegates to somebody else"),
}
"""What a guest answered, in words."""


class GuestAnswer(Frozen):
    """What one guest answered.

    Attributes:
        chairs: the coordinator, who convenes and is asked nothing.
        answer: ``none`` until something was recorded.
        says: in words, with what must be known of it.
        answered_at: the instant of the answer, or of its recording.
        to_reconfirm: the answer was to another date than the one now fixed.
        declared: nothing proves that it is the guest's own word: to be confirmed.
        by_another: its sender is not even the guest.
        proposed_at: the other start proposed, local.
        fact: the id of the fact behind it.
    """

    role: str
    function: str
    address: str
    chairs: bool = False
    answer: AnswerWord | Literal["none"] = "none"
    says: Text = ANSWER_WORDS["none"]
    answered_at: AwareDatetime | None = None
    to_reconfirm: bool = False
    declared: bool = False
    by_another: bool = False
    proposed_at: AwareDatetime | None = None
    fact: str = ""

    @property
    def is_awaited(self) -> bool:
        """Whether the guest still owes an answer to the date now fixed."""
        return not self.chairs and (self.answer == "none" or self.to_reconfirm or self.by_another)


def guests(s: Situation, item_key: str) -> tuple[Recipient, ...]:
    """Return the people invited to a meeting, one per address, the coordinator first."""
    duty, prefs = duty_of(s, item_key), preferences_of(s, item_key)
    owing = roles_of(s, duty.owed_by, duty.responsible) if duty is not None else ()
    return people(s, (s.convention.coordinator, *(prefs.invite or owing)), _day(s, item_key))


def _day(s: Situation, item_key: str) -> date:
    """The day whose holders of the roles are asked: the meeting's own, or today while it has none."""
    fixed = arrangement(s, item_key)
    return s.today if fixed is None else fixed.starts_at.date()


def answers_for(s: Situation, item_key: str) -> tuple[GuestAnswer, ...]:
    """Return every guest of a meeting with his answer, in the order of the invitation; empty while it has no date."""
    fixed = arrangement(s, item_key)
    if fixed is None:
        return ()
    chair = recipient(s, s.convention.coordinator, fixed.starts_at.date()).address.casefold()
    return tuple(
        _of(s, item_key, guest, fixed.starts_at, chairs=guest.address.casefold() == chair)
        for guest in guests(s, item_key)
    )


def answers_of(s: Situation, item_key: str, address: str) -> tuple[Recorded, ...]:
    """Return the answers recorded of one address to the invitation of one meeting, in recording order."""
    return tuple(_answers(s, item_key, address.casefold()))


def _of(s: Situation, item_key: str, guest: Recipient, starts_at: datetime, *, chairs: bool) -> GuestAnswer:
    bare = GuestAnswer(role=guest.role, function=guest.function, address=guest.address, chairs=chairs)
    found = answers_of(s, item_key, guest.address)
    # What somebody else says for a guest never hides what the guest said himself.
    own = [r for r in found if isinstance(r.fact, InvitationAnswered) and not r.fact.declared] or list(found)
    if not own:
        return bare
    record, fact = own[-1], own[-1].fact
    assert isinstance(fact, InvitationAnswered)  # noqa: S101 - answers_of returns nothing else
    stale = _date_answered(s, record, fact) not in (starts_at, None)
    proposed = None if fact.proposed_at is None else local(fact.proposed_at, s.zone)
    return bare.model_copy(
        update={
            "answer": fact.answer, "says": _in_words(s, fact, proposed, stale=stale), "fact": record.id,
            "answered_at": fact.at or record.recorded_at, "to_reconfirm": stale, "declared": fact.declared,
            "by_another": fact.by_another,
            "proposed_at": proposed,
        }
    )  # fmt: skip


def _answers(s: Situation, item_key: str, address: str) -> Iterator[Recorded]:
    roles = s.convention.roles
    for record in s.records:
        fact = record.fact
        if not isinstance(fact, InvitationAnswered) or fact.item != item_key or fact.role not in roles:
            continue
        # The role may have another holder since: what the former one answered is not his.
        holds = recipient(s, fact.role, _day(s, item_key)).address.casefold()
        if holds == address and fact.address.casefold() in ("", address):
            yield record


def _date_answered(s: Situation, record: Recorded, fact: InvitationAnswered) -> datetime | None:
    """The start of the meeting as the guest knew it: the one he answered, else the one fixed when it was recorded."""
    if fact.meeting_at is not None:
        return local(fact.meeting_at, s.zone)
    known = replace(s, records=tuple(r for r in s.records if r.recorded_at <= record.recorded_at))
    then = arrangement(known, fact.item)
    return None if then is None else then.starts_at


def _in_words(s: Situation, fact: InvitationAnswered, proposed: datetime | None, *, stale: bool) -> Text:
    fr, en = ANSWER_WORDS[fact.answer].fr, ANSWER_WORDS[fact.answer].en
    if proposed is not None:
        fr += f"{NBSP}: {moment(proposed, s.calendar.time_zone)}"
        en += f": {moment(proposed, s.calendar.time_zone, 'en')}"
    if fact.note:
        fr += f" («{NBSP}{fact.note}{NBSP}»)"
        en += f" (“{fact.note}”)"
    if stale:
        fr += f" (à reconfirmer{NBSP}: la date a changé)"
        en += " (to be confirmed again: the date has changed)"
    if fact.declared:
        fr += " (réponse déclarée, à confirmer)"
        en += " (declared, to be confirmed)"
    return Text(fr=fr, en=en)
