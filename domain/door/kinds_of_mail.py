"""The facts that a mailbox brings back, in words: answers to invitations, failures of delivery."""

from domain.door.help import KindHelp, choices_of, dated, field
from domain.mail_facts import InvitationAnswered, MailUndelivered

MAIL: tuple[KindHelp, ...] = (
    dated(
        "invitation-answered",
        "un invité a répondu à une invitation",
        "a guest answered an invitation",
        "jour de réception de la réponse",
        "day the answer was received",
        field(
            "item",
            "text",
            "la clé de la rencontre, comme steering-committee/2022",
            "the meeting’s key, as in steering-committee/2022",
            must=True,
        ),
        field("role", "name", "le rôle qui a répondu", "the role that answered", must=True),
        field(
            "answer",
            "choice",
            "la réponse : acceptée, refusée, provisoire, autre date proposée, déléguée",
            "the answer",
            must=True,
            choices=choices_of(InvitationAnswered, "answer"),
        ),
        field(
            "address",
            "text",
            "l’adresse invitée, si la réponse vient d’un courriel",
            "the address invited, if the answer came by mail",
        ),
        field(
            "sequence",
            "number",
            "le numéro de l’invitation à laquelle il est répondu",
            "the number of the invitation answered",
        ),
        field(
            "at",
            "moment",
            "l’instant de la réponse, avec son décalage",
            "the instant of the answer, with its offset",
        ),
        field(
            "meeting_at",
            "moment",
            "la date de rencontre à laquelle il est répondu",
            "the date of the meeting that was answered",
        ),
        field("proposed_at", "moment", "l’autre date proposée", "the other date proposed"),
        field(
            "declared",
            "yes-no",
            "true si rien ne prouve que l’invité l’a écrite : à confirmer",
            "true when nothing proves that the guest wrote it: to be confirmed",
        ),
        field(
            "by_another",
            "yes-no",
            "true si l’expéditeur n’est pas l’invité",
            "true when the sender is not the guest",
        ),
    ),
    dated(
        "mail-undelivered",
        "un message parti n’a pas été remis",
        "a message that had left was not delivered",
        "jour de réception de l’avis",
        "day the report was received",
        field("message", "text", "l’identifiant du message", "the id of the message", must=True),
        field(
            "outcome",
            "choice",
            "failed : jamais remis ; delayed : en retard, les serveurs essaient encore ; unclear : un courriel revenu, à lire",
            "failed: never delivered; delayed: the servers still try; unclear: a mail came back, to be read",
            choices=choices_of(MailUndelivered, "outcome"),
        ),
        field("status", "text", "le code de l’avis, comme 5.1.1", "the code of the report, as 5.1.1"),
    ),
)
"""In the order in which they happen."""
