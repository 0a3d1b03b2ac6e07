"""One kind of mail is one class: its name, to whom and about what, when next, until when it may leave, what may be answered.

The planner walks the list of them (`mails.py`); their words are in `templates/fr` and `templates/en`, under the name of the kind.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Final

from echeancier.domain.facts.dossier import MeetingRevision, Message, Told
from echeancier.domain.messages.age import good_until
from echeancier.domain.messages.context import HELD, Context
from echeancier.domain.messages.enclosures import Enclosure
from echeancier.domain.messages.letter_news import LetterNews
from echeancier.domain.messages.offers import Offer
from echeancier.domain.messages.order import Asked, Line, MeetingNotice, MessageOrder, NewsItem, Reason, RefusedAddress
from echeancier.domain.model import Text
from echeancier.domain.standing.people import Recipient


class MailKind:
    """One kind of mail. Nothing is ever made of it: the classes themselves are listed and handed on.

    Attributes:
        kind: how the outbox and the templates call it; never changed, it is in histories.
        name: the same in words, for the journal.
        tells: how the names of what it tells begin, where that is no item of the agenda.
        alone: it leaves at once, as a message of its own; the others are parts of a person's mail of the day.
        waits: it leaves in office hours only, else at any hour.
        heeds: it looks at what those before it in the list say at the same instant.
        one_a_day: one of all these a day is enough for one person; what can wait then waits for tomorrow.
        carries_letters: letters go with it when it is for the coordinator, rather than make a second mail.
        may_wait: it loses nothing by some days: it waits for the digest of whoever reads one each week.
        told_by_digest: its lines are told by a digest that has them too.
        asks: it asks something of its reader beside dated things.
        only_names: it names dated things without calling for them: an answer to it is not « fait le 12 ».
        is_event: it is one revision of a meeting, with its calendar file, the same for every guest.
    """

    kind: ClassVar[str]
    name: ClassVar[Text]
    tells: ClassVar[tuple[str, ...]] = ()
    alone: ClassVar[bool] = False
    waits: ClassVar[bool] = True
    heeds: ClassVar[bool] = False
    one_a_day: ClassVar[bool] = False
    carries_letters: ClassVar[bool] = False
    may_wait: ClassVar[bool] = False
    told_by_digest: ClassVar[bool] = False
    asks: ClassVar[bool] = False
    only_names: ClassVar[bool] = False
    is_event: ClassVar[bool] = False

    @classmethod
    def due(cls, now: "Planning") -> Iterable[tuple[Recipient, "Content"]]:  # noqa: ARG003 - for those that have some
        """Return to whom this is to be said now, and what; nothing for what another one writes."""
        return ()

    @classmethod
    def when_withdrawn(cls, ctx: Context) -> Iterable[tuple[Recipient, "Content"]]:  # noqa: ARG003 - as above
        """Return the same once the convention was found to be registered by mistake."""
        return ()

    @classmethod
    def next_at(cls, ctx: Context) -> list[datetime]:  # noqa: ARG003 - as above
        """Return the instants at which it may become due by the mere passing of time."""
        return []

    @classmethod
    def good_until(cls, at: datetime, content: "Content") -> datetime:
        """Return the last instant at which it may be handed over, for one dated ``at``."""
        return good_until(at, content.lines)

    @classmethod
    def offers(cls, order: MessageOrder) -> tuple[Offer, ...]:  # noqa: ARG003 - as above
        """Return what its reader may say by a link."""
        return ()


@dataclass(frozen=True)
class Content:
    """What one message says."""

    mail: type[MailKind]
    lines: Sequence[Line] = ()
    questions: Sequence[Asked] = ()
    meeting: MeetingNotice | None = None
    told: Sequence[Told] = ()
    others: Sequence[str] = ()
    warnings: Sequence[Text] = ()
    detail: Text | None = None
    reason: Reason = ""
    answers: Sequence[tuple[str, Text]] = ()
    news: Sequence[NewsItem] = ()
    revision: MeetingRevision | None = field(default=None)
    enclosures: Sequence[Enclosure] = ()
    letters: Sequence[LetterNews] = ()
    refusals: Sequence[RefusedAddress] = ()


@dataclass(frozen=True)
class Draft:
    """An order and what it will have told, ready for the outbox."""

    mail: type[MailKind]
    order: MessageOrder
    message: Message


BESIDE: Final = 4
"""How many questions a message that says something else puts at most."""


@dataclass(frozen=True)
class Asking:
    """What is to be asked of one person: ``told`` has one entry for each question, in their order."""

    to: Recipient
    questions: tuple[Asked, ...] = ()
    told: tuple[Told, ...] = ()

    def first(self, most: int) -> "Asking":
        """Return the first few of them."""
        return Asking(self.to, self.questions[:most], self.told[:most])


@dataclass(frozen=True)
class Planning:
    """What a mail looks at when it is planned.

    Attributes:
        ctx: the dossier at this instant; for a mail that heeds the others, with what they say.
        asked: what is to be asked, by address in lower case; whoever asks it takes it away.
        mails: every kind of mail.
    """

    ctx: Context
    asked: dict[str, Asking]
    mails: tuple[type[MailKind], ...]

    def asking(self, to: Recipient) -> Asking:
        """Take away what is to be asked of a person, to be said in a message that he gets anyway.

        It asks the first few only; the others are asked from the next morning on.
        """
        return self.asked.pop(to.address.casefold(), Asking(to)).first(BESIDE)

    def was_written_to_today(self, address: str) -> bool:
        """Whether one of those that are sent once a day went to this address on the local day of ``ctx.now``, or waits to leave.

        What a relay put off reaches people on the day it takes it, not on the day it was written.
        """
        daily = {mail.kind for mail in self.mails if mail.one_a_day}
        s = self.ctx.s
        return any(
            m.kind in daily and m.is_said and (m.waits or (m.accepted_at or m.at).astimezone(s.zone).date() == s.today)
            for m in self.ctx.outbox.to(address)
        )

    def is_no_item(self, about: str) -> bool:
        """Whether what was told under a name is no item of the agenda."""
        return about.startswith((HELD, *(name for mail in self.mails for name in mail.tells)))

    def name_of(self, kind: str) -> Text:
        """Return what a kind of mail is called."""
        return next((mail.name for mail in self.mails if mail.kind == kind), Text(fr=kind, en=kind))
