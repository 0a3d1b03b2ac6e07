"""What is said by answering a mail in a few closed words: the fact it becomes, or why a person must read it.

It is believed only at the return address of the message it answers, from the address that was written to, vouched for by our
own mail server, and where exactly one thing of that mail can be what is meant.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import count, takewhile
from typing import NamedTuple

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.agenda.items import Item
from echeancier.domain.answers.reply import ClosedWords, ReadMail, WrittenReply, bounce_mark
from echeancier.domain.facts.acknowledgement import Acknowledged
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier, Message, Told
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.messages.offers import acts_of
from echeancier.domain.recording.check_context import situation_at
from echeancier.domain.standing.people import holder, recipient
from echeancier.domain.standing.situation import Situation

_YEAR = timedelta(days=366)


class Meant(NamedTuple):
    """A line of a mail that its reader may mean: in which convention, what it told, in which role he was written to."""

    dossier: Dossier
    s: Situation
    item: Item
    told: Told
    role: str


def marked(dossier: Dossier, mark: str) -> tuple[Message, ...]:
    """Return the messages that left in the mail of that mark: several of them may be parts of one day's mail."""
    return tuple(m for m in dossier.outbox if mark and bounce_mark(m.mail or m.id) == mark)


def is_from_its_reader(dossiers: Sequence[Dossier], mark: str, reply: WrittenReply) -> bool:
    """Whether whoever answers a mail is whoever it was written to."""
    written_to = {m.address.casefold() for dossier in dossiers for m in marked(dossier, mark)}
    return reply.address in written_to


def fact_of_words(
    dossiers: Sequence[Dossier], reading: ReadMail, reply: WrittenReply, now: datetime
) -> tuple[str, Fact] | str:
    """Return what a reply records, and in which convention; else why a person must read it, in French.

    Args:
        dossiers: every one of which the mail that is answered told something.
        reading: the reply, from the address that was written to.
        reply: what it says.
        now: aware instant.
    """
    said = reply.said
    if said is None:
        return f"réponse {reply.why}"
    if not reply.proven:
        return "réponse dont notre serveur de courriel ne garantit pas l’expéditeur"
    found = list(_meant(dossiers, reading.parsed.mark, said, now))
    if len(found) != 1:
        what = "peut s’appliquer à plusieurs choses" if found else "ne peut s’appliquer à rien"
        return f"réponse qui {what} de ce que disait notre courriel"
    [meant] = found
    on = _day(said, reading.received_at.astimezone(meant.s.zone).date())
    if on is None:
        return "réponse dont le jour n’existe pas"
    return meant.dossier.convention.reference, _fact(meant, said, on, reading)


def _meant(dossiers: Sequence[Dossier], mark: str, said: ClosedWords, now: datetime) -> Iterator[Meant]:
    """Each thing that the mail told and of which its reader may say this, once."""
    for dossier in dossiers:
        s = situation_at(dossier, tuple(dossier.facts), now)
        items, seen = {item.key: item for item in agenda_of(s).items}, set[str]()
        for message in marked(dossier, mark):
            if not _still_holds(s, message):
                continue
            for told in message.told:
                item = items.get(told.about)
                if item is not None and item.key not in seen and said.act in acts_of(s, item, message.role):
                    seen.add(item.key)
                    yield Meant(dossier, s, item, told, message.role)


def _still_holds(s: Situation, message: Message) -> bool:
    """Whether the mailbox that was written to still is that of the role, or of whoever stands in for it."""
    if message.role not in s.convention.roles:
        return False
    now = (recipient(s, message.role), holder(s, message.role, s.today))
    return message.address.casefold() in {person.address.casefold() for person in now}


def _fact(meant: Meant, said: ClosedWords, on: date, reading: ReadMail) -> Fact:
    s, item, role = meant.s, meant.item, meant.role
    today = reading.received_at.astimezone(s.zone).date()
    if said.act in ("seen", "later"):
        return Acknowledged(
            on=today, item=item.key, role=role, answer=said.act, until=on if said.act == "later" else None,
            of_day=meant.told.basis or meant.told.day,
        )  # fmt: skip
    party: str | None = s.convention.roles[role].party
    if said.act == "received":
        party = item.owed_by if item.owed_by in s.convention.parties else None
    hours = item.legal_last_instant is not None and said.day is None
    who = holder(s, role, s.today).function
    return DutyDone(
        on=on, item=item.key, party=party, at=reading.received_at if hours else None,
        note=f"dit par courriel\u00a0: {who}",
    )  # fmt: skip


def _day(said: ClosedWords, received: date) -> date | None:
    """The day that was written: the last one of that name when it is over, the next one when it is to come.

    None when there is none, a 31 June for instance, or a 29 February of the year written.
    """
    if said.day is None:
        return received
    ahead = said.act == "later"
    if said.year is not None and said.month is not None:
        return _on(said.year, said.month, said.day)
    step = timedelta(days=1 if ahead else -1)
    around = takewhile(lambda day: abs(day - received) <= _YEAR, (received + step * n for n in count(int(ahead))))
    return next((day for day in around if day.day == said.day and said.month in (None, day.month)), None)


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
