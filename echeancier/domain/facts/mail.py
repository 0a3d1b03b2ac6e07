"""What comes back after a message left: the answer to an invitation, a failure of delivery.

Read from a mailbox, or recorded by hand.
"""

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, Field

from echeancier.domain.declared import field_words
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import KindWords, kind_words
from echeancier.domain.model import OneLine, Slug

AnswerWord = Literal["accepted", "declined", "tentative", "counter", "delegated"]
"""What a guest may answer (RFC 5546 §3.2.3, and COUNTER §3.2.7)."""


class InvitationAnswered(Dated):
    """A guest answered the invitation to a meeting. It never moves the meeting: a proposal is shown, not applied.

    Attributes:
        on: the day it was received.
        role: who answered.
        address: where the invitation had gone, when the answer was read from a mail.
        sequence: the revision answered; None when told by hand.
        at: the instant of the answer, by the guest's own clock, never later than its reception.
        meeting_at: the start of the meeting as the revision answered gave it; None: as fixed when recorded. A time
            without offset is local.
        proposed_at: the other start that a ``counter`` proposes; a time without offset is local.
        declared: nothing proves that the guest wrote the mail (another sender, or no word of our own mail server for him); a
            person confirms it by recording the answer again.
        by_another: the sender is not even the guest: he still owes an answer.
    """

    kind: Literal["invitation-answered"] = "invitation-answered"
    ABOUT_A_MEETING: ClassVar[Literal["", "any", "arranged"]] = "arranged"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Réponse à une invitation", "Invitation answered"),
        says=("un invité a répondu à une invitation", "a guest answered an invitation"),
        on=("jour de réception de la réponse", "day the answer was received"),
    )
    item: Annotated[
        OneLine,
        field_words(
            "la clé de la rencontre, comme steering-committee/2022",
            "the meeting’s key, as in steering-committee/2022",
            label=("Échéance", "Deadline"),
        ),
    ]
    role: Annotated[
        Slug, field_words("le rôle qui a répondu", "the role that answered", label=("Qui a répondu", "Who answered"))
    ]
    answer: Annotated[
        AnswerWord,
        field_words(
            "la réponse : acceptée, refusée, provisoire, autre date proposée, déléguée",
            "the answer",
            label=("Réponse", "Answer"),
            values={
                "accepted": ("accepte", "accepts"),
                "declined": ("décline", "declines"),
                "tentative": ("provisoire", "tentative"),
                "counter": ("propose une autre date", "proposes another date"),
                "delegated": ("délègue", "delegates"),
            },
        ),
    ]
    address: Annotated[
        OneLine,
        field_words(
            "l’adresse invitée, si la réponse vient d’un courriel",
            "the address invited, if the answer came by mail",
            label=("Adresse invitée", "Address invited"),
        ),
    ] = ""
    sequence: Annotated[
        int | None,
        field_words(
            "le numéro de l’invitation à laquelle il est répondu",
            "the number of the invitation answered",
            label=("Numéro de l’invitation", "Number of the invitation"),
        ),
    ] = Field(default=None, ge=0, le=2**31 - 1)
    at: Annotated[
        AwareDatetime | None,
        field_words(
            "l’instant de la réponse, avec son décalage",
            "the instant of the answer, with its offset",
            label=("Jour et heure de la réponse", "Day and hour of the answer"),
        ),
    ] = None
    meeting_at: Annotated[
        datetime | None,
        field_words(
            "la date de rencontre à laquelle il est répondu",
            "the date of the meeting that was answered",
            label=("Date à laquelle il est répondu", "Date that was answered"),
        ),
    ] = None
    proposed_at: Annotated[
        datetime | None,
        field_words(
            "l’autre date proposée", "the other date proposed", label=("Autre date proposée", "Other date proposed")
        ),
    ] = None
    declared: Annotated[
        bool,
        field_words(
            "true si rien ne prouve que l’invité l’a écrite : à confirmer",
            "true when nothing proves that the guest wrote it: to be confirmed",
            label=("Déclarée : rien ne prouve qui l’a dite", "Declared: nothing proves who said it"),
        ),
    ] = False
    by_another: Annotated[
        bool, field_words("true si l’expéditeur n’est pas l’invité", "true when the sender is not the guest")
    ] = False


class MailUndelivered(Dated):
    """A message that had left came back, or is late (RFC 3464).

    Attributes:
        on: the day the report was received.
        message: the id of the message, as in the outbox.
        outcome: ``failed`` for good; ``delayed``: the relays still try; ``unclear``: something came back to its return
            address that only a person can understand, in the mailbox.
        status: the enhanced status code (RFC 3463), as ``5.1.1``; the server's own words, anybody's, are kept nowhere.
    """

    kind: Literal["mail-undelivered"] = "mail-undelivered"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Message revenu", "Message that came back"),
        says=("un message parti n’a pas été remis", "a message that had left was not delivered"),
        on=("jour de réception de l’avis", "day the report was received"),
    )
    message: Annotated[
        OneLine, field_words("l’identifiant du message", "the id of the message", label=("Message", "Message"))
    ]
    outcome: Annotated[
        Literal["failed", "delayed", "unclear"],
        field_words(
            "failed : jamais remis ; delayed : en retard, les serveurs essaient encore ; unclear : un courriel revenu, à lire",
            "failed: never delivered; delayed: the servers still try; unclear: a mail came back, to be read",
            label=("Issue", "Outcome"),
            values={
                "failed": ("jamais remis", "never delivered"),
                "delayed": ("en retard, les serveurs essaient encore", "late, the servers still try"),
            },
        ),
    ] = "failed"
    status: Annotated[
        OneLine,
        field_words(
            "le code de l’avis, comme 5.1.1",
            "the code of the report, as 5.1.1",
            label=("Code de l’avis", "Code of the report"),
        ),
    ] = ""


MailFact = InvitationAnswered | MailUndelivered
"""The facts of this file, in the order in which one meets them."""
