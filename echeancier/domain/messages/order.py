"""What is to be said to whom: everything a mail needs, computed; a template only puts it into words."""

from datetime import date, datetime
from typing import Literal

from pydantic import AwareDatetime

from echeancier.domain.agenda.items import Nature
from echeancier.domain.messages.acts import Act
from echeancier.domain.messages.enclosures import Enclosure
from echeancier.domain.messages.letter_news import LetterNews
from echeancier.domain.model import Frozen, Text
from echeancier.domain.standing.people import Recipient
from echeancier.domain.terms.policy import Asking, Stage

Reason = Literal[
    "",
    "called-off",  # a meeting will not take place
    "not-invited",  # it takes place without the reader
    "held-before",  # it was held on another day: this date is free
    "suspended",  # a suspension or a litigation stopped what it was for
    "ended",  # the convention ends early
    "goes-on",  # it does not end early after all
    "withdrawn",  # it had been registered by mistake
    "signature-refused",  # a party will not sign
    "signature-expired",  # the signatures were not gathered in time
    "settings",  # mail is held back by a fault of our own settings
]
"""Why a meeting is cancelled, what a message about the end of a convention says of it, why the paper is not signed, why mail
does not arrive."""

Change = Literal["start", "minutes", "place", "video-link", "guests", "names"]
"""What a revision of a meeting changes."""


class Line(Frozen):
    """One dated thing in a message.

    Attributes:
        item: the key of the item; ``series`` to ``settled_by``: what the item knows of itself.
        stage: which of the five times it is spoken of; ``held`` and ``held-again`` when an arranged meeting is asked
            about; ``now`` when listed without a stage, ``past`` when it was over before the convention was registered,
            ``gone`` when it no longer stands.
        who, to_whom: the institutions, as named on the day.
        ours: the reader's side owes it.
        standing: where it stands beyond its dates, in words.
        former_day: the last day told before, in a correction.
        proposed: the day proposed for a meeting that has none.
        acts: what the reader may say of it by a link, where links are set up.
        hours_left: whole hours left of a delay in hours, None for any other, 0 once it is over.
        tell: function and address of whom the reader has to tell.
        short: its title as a subject says it; None: the title.
        covers: the first and last day of the period it is about.
        told_on: the last local day on which the reader was told of it before, on the ground it has now.
    """

    item: str
    series: str = ""
    occurrence: str = ""
    step: str = ""
    nature: Nature = Nature.DUTY
    settled_by: str | None = "done"
    kind: str
    stage: Stage | Asking | Literal["now", "past", "gone"]
    title: Text
    article: str
    says: Text
    who: str
    to_whom: str
    ours: bool
    legal_last_day: date | None
    safe_day: date | None
    legal_last_instant: datetime | None = None
    certainty: Literal["certain", "contested", "policy", "chosen"]
    rule: str
    trace: str
    quota: str = ""
    standing: Text | None = None
    former_day: date | None = None
    proposed: date | None = None
    meeting_at: datetime | None = None
    acts: tuple[Act, ...] = ()
    hours_left: int | None = None
    tell: tuple[tuple[str, str], ...] = ()
    short: Text | None = None
    covers: tuple[date, date] | None = None
    told_on: date | None = None


class NewsItem(Frozen):
    """Something that happened, told to those it concerns.

    Attributes:
        title: in a few words, for a subject.
        article, clause: the clause it follows, when there is one.
        stops, goes_on: what does not run any more, and what does.
        todo: what the reader is asked to do.
    """

    title: Text
    says: Text
    article: str = ""
    clause: Text | None = None
    stops: tuple[Text, ...] = ()
    goes_on: tuple[Text, ...] = ()
    todo: Text | None = None


class RefusedAddress(Frozen):
    """An address that refuses what a convention writes to it; or what our own settings hold back.

    Attributes:
        address: in lower case, to know the same one in another convention, never shown; empty for what our settings hold back.
        since: the local day of the first message.
        says: what does not work, since when, and why, without its full stop.
        waiting: each message, in words.
    """

    address: str
    since: date
    says: Text
    waiting: tuple[Text, ...]


class Asked(Frozen):
    """One question in a message.

    Attributes:
        readings: what each reading says, and what it changes; ``names`` their ids, in the same order.
        answer: what is expected: ``reading``, ``date``, ``months`` or ``text``.
        since: the local day it was first put.
    """

    id: str
    kind: Literal["blank", "contested"]
    about: Text
    readings: tuple[tuple[Text, Text], ...] = ()
    names: tuple[str, ...] = ()
    article: str
    says: Text
    answer: str
    since: date | None = None


class Guest(Frozen):
    """Somebody invited to a meeting."""

    function: str
    address: str
    chairs: bool = False


class MeetingNotice(Frozen):
    """One revision of one meeting, the same for every guest.

    Attributes:
        uid: opaque, the same for the meeting's whole life.
        sequence: 0, then one more for each revision.
        dtstamp: instant of the revision, strictly increasing.
        topics, indicators: what the text wants spoken of and looked at.
        previous_start: what the former revision said, when this one moves it.
        changed: what this revision changes, in a fixed order; empty for the first one and for a cancellation.
    """

    item: str
    uid: str
    sequence: int
    dtstamp: AwareDatetime
    method: Literal["REQUEST", "CANCEL"]
    title: Text
    starts_at: AwareDatetime
    minutes: int
    time_zone: str
    place: str = ""
    video_link: str = ""
    guests: tuple[Guest, ...]
    topics: tuple[Text, ...] = ()
    indicators: tuple[Text, ...] = ()
    previous_start: AwareDatetime | None = None
    reason: str = ""
    next_dates: tuple[date, ...] = ()
    changed: tuple[Change, ...] = ()


class MessageOrder(Frozen):
    """One message to one person: everything that is said, and the instant that dates it.

    Attributes:
        id: stable; the same order has the same id, and therefore the same bytes, however often it is tried.
        at: the instant that becomes the mail's Date.
        told: the functions that receive the same news, so that each knows who else was told.
        ask: function and address of whom to ask.
        warnings: what must be known beside the dates.
        ends_on: the last day in force; None while unknown, or while something may still renew the convention.
        bound_until: the day until which it binds, of a term that renews itself.
        renews: what happens then, or why there is no known day.
        answers: for ``answers`` to the coordinator: each guest's function, and what it answered.
        stands_in_for: functions whose mail the reader gets in their absence, each with its last day.
        reason: for ``meeting-cancelled`` and ``ended``: which of their cases this is.
        news: for ``news``, ``handover`` and ``closed``: what happened, or was done.
        refusals: for ``undelivered``: what ``detail`` and ``news`` say, address by address.
        detail: for ``undelivered``: what failed; for ``ended`` and ``unsigned``: why.
        enclosures: documents that go with it.
        letters: for ``letter``: which letters, and what becomes of each.
        heard: what others said by links since the coordinator's last message.
    """

    id: str
    kind: str
    to: Recipient
    at: AwareDatetime
    reference: str
    title: Text
    number: str = ""
    parties: tuple[str, ...]
    effect_on: date | None = None
    ends_on: date | None = None
    bound_until: date | None = None
    renews: Text | None = None
    operational_from: date | None = None
    lines: tuple[Line, ...] = ()
    questions: tuple[Asked, ...] = ()
    meeting: MeetingNotice | None = None
    told: tuple[str, ...] = ()
    ask: tuple[str, str]
    warnings: tuple[Text, ...] = ()
    detail: Text | None = None
    news: tuple[NewsItem, ...] = ()
    refusals: tuple[RefusedAddress, ...] = ()
    reason: Reason = ""
    answers: tuple[tuple[str, Text], ...] = ()
    stands_in_for: tuple[tuple[str, date], ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    letters: tuple[LetterNews, ...] = ()
    heard: tuple[Text, ...] = ()
