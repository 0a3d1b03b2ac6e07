"""Every kind of mail, in the order in which they are planned: whoever heeds the others comes after them."""

from typing import Final

from echeancier.domain.messages.early_end import Ended
from echeancier.domain.messages.file_closed import Closed
from echeancier.domain.messages.guests import Answers
from echeancier.domain.messages.handover import Handover
from echeancier.domain.messages.invitations import InvitationMade, InvitationRevised, InvitationWithdrawn
from echeancier.domain.messages.letters import Letters
from echeancier.domain.messages.mail_kind import MailKind
from echeancier.domain.messages.news import WhatChanges
from echeancier.domain.messages.offers import Offer
from echeancier.domain.messages.opening import OpeningMessage
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.purge import PurgeAsked
from echeancier.domain.messages.questions import Questions
from echeancier.domain.messages.reminders import Correction, Reminders, Urgent
from echeancier.domain.messages.undelivered import Undelivered
from echeancier.domain.messages.unsigned import Unsigned

MAILS: Final[tuple[type[MailKind], ...]] = (
    InvitationWithdrawn,
    Ended,
    Unsigned,
    WhatChanges,
    Handover,
    InvitationMade,
    InvitationRevised,
    Answers,
    Urgent,
    OpeningMessage,
    Reminders,
    Correction,
    Questions,
    Undelivered,
    Closed,
    Letters,
    PurgeAsked,
)

_BY_KIND: Final = {mail.kind: mail for mail in MAILS}


def mail_of(kind: str) -> type[MailKind]:
    """Return a kind of mail by its name in the outbox.

    Raises:
        KeyError: No mail is called so.
    """
    return _BY_KIND[kind]


def offered(order: MessageOrder) -> tuple[Offer, ...]:
    """Return what the reader of an order may say, in the order of the message."""
    return mail_of(order.kind).offers(order)
