"""Every kind of fact and its fields, in words: a closed table for help texts, forms and refusals."""

from echeancier.domain.facts.description import NOTE, FieldHelp, KindHelp, Sort, choices_of, dated, field
from echeancier.domain.facts.mail import InvitationAnswered, MailUndelivered
from echeancier.domain.facts.people import PartyChanged
from echeancier.domain.facts.personal_data import HoldReviewed, IncidentAssessed
from echeancier.domain.facts.recorded import (
    AppealLodged,
    BreachClosed,
    BreachStep,
    LetterPosted,
    LetterReturned,
    LetterValidated,
    ParentEnds,
    RenewalDecided,
)
from echeancier.domain.facts.refusal import both

END: tuple[KindHelp, ...] = (
    dated(
        "renewal-decided",
        "la suite de la convention est décidée",
        "what becomes of the convention is decided",
        "jour de la décision",
        "day of the decision",
        field(
            "decision",
            "choice",
            "la décision",
            "the decision",
            must=True,
            choices=choices_of(RenewalDecided, "decision"),
        ),
    ),
    dated(
        "followed-by",
        "la convention qui suit est enregistrée",
        "the convention that follows is registered",
        "jour de son enregistrement",
        "day it was registered",
        field("reference", "text", "sa référence", "its reference", must=True),
    ),
    dated(
        "amended",
        "un avenant est signé par tous",
        "an amendment is signed by all",
        "jour de la dernière signature",
        "day of the last signature",
        field("ends_on", "day", "le nouveau dernier jour, s’il change", "the new last day, if it changes"),
        field("label", "text", "le nom de l’avenant", "the name of the amendment"),
    ),
    dated(
        "breach-step",
        "une étape d’une procédure de manquement a eu lieu",
        "a step of a breach procedure happened",
        "jour de l’étape (du dépôt, pour une lettre)",
        "day of the step (of posting, for a letter)",
        field("breach", "name", "la procédure, comme fault", "the procedure, as in fault", must=True),
        field("step", "choice", "l’étape", "the step", must=True, choices=choices_of(BreachStep, "step")),
        field("presented_on", "day", "jour de la première présentation", "day of first presentation"),
        field("delivered_on", "day", "jour de la remise", "day of delivery"),
    ),
    dated(
        "breach-closed",
        "une procédure de manquement est close",
        "a breach procedure is over",
        "jour de la clôture ; maintained : dernier jour en vigueur",
        "day it was closed; maintained: last day in force",
        field("breach", "name", "la procédure, comme fault", "the procedure, as in fault", must=True),
        field(
            "outcome",
            "choice",
            "l’issue",
            "the outcome",
            must=True,
            choices=choices_of(BreachClosed, "outcome"),
        ),
    ),
    dated(
        "resumed",
        "une convention suspendue reprend",
        "a suspended convention is in force again",
        "premier jour de la reprise",
        "first day in force again",
    ),
    dated("litigation-opened", "un contentieux commence", "a litigation began", "jour du début", "day it began"),
    dated(
        "litigation-closed",
        "le contentieux est fini",
        "the litigation is over",
        "jour de la fin",
        "day it ended",
    ),
    dated(
        "parent-signed",
        "la convention mère est signée par tous",
        "the parent was signed by all",
        "jour de la dernière signature",
        "day of the last signature",
    ),
    dated(
        "parent-ends",
        "le dernier jour de la convention mère est connu",
        "the parent’s last day is known",
        "dernier jour en vigueur de la mère",
        "the parent’s last day in force",
        field(
            "why",
            "choice",
            "pourquoi elle finit ce jour-là",
            "why it ends that day",
            choices=choices_of(ParentEnds, "why"),
        ),
    ),
)
"""In the order of a convention’s life."""


_LETTER = field(
    "letter",
    "text",
    "le numéro du fait letter-posted, comme f12",
    "the id of the letter-posted fact, as in f12",
    must=True,
)

_ADDED: tuple[tuple[str, Sort, str, str], ...] = (
    ("dated", "day", "la date en tête de la lettre", "the date at the head of the letter"),
    ("posted", "day", "le jour d’envoi prévu, dont la fin est calculée", "the day of posting meant"),
    ("effect", "day", "le dernier jour en vigueur voulu", "the last day in force wanted"),
    ("deadline", "day", "le jour laissé à l’autre partie", "the day given to the other side"),
    ("done_on", "day", "le jour où la chose a été faite", "the day the thing was done"),
    ("reasons", "text", "motifs, griefs ou objet, un par ligne", "reasons or subject, one per line"),
    ("known", "text", "ce qui est connu, un point par ligne", "what is known, one point per line"),
    ("measures", "text", "les mesures prises, une par ligne", "the measures taken, one per line"),
    ("pending", "text", "ce qui reste à établir, un point par ligne", "what is still to be found out"),
    ("means", "text", "le moyen d’une destruction", "how data were destroyed"),
    ("proposed", "text", "la fonction proposée, jamais un nom", "the function proposed, never a name"),
    ("to", "text", "le rôle ou la partie à qui l’on écrit", "the role or party written to"),
    ("tracking", "text", "le numéro du recommandé", "the number of the registered letter"),
    ("place", "text", "le lieu de signature", "where it is signed"),
    (
        "delegation",
        "text",
        "la qualité de qui signe par délégation",
        "the quality of whoever signs by delegation",
    ),
    ("enclosures", "text", "les pièces jointes, une par ligne", "what is enclosed, one per line"),
    ("copies", "text", "qui reçoit une copie, un par ligne", "who receives a copy, one per line"),
)


def _added() -> tuple[FieldHelp, ...]:
    return tuple(field(name, sort, fr, en) for name, sort, fr, en in _ADDED)


LETTERS: tuple[KindHelp, ...] = (
    dated(
        "letter-validated",
        "une personne a relu et validé une lettre",
        "a person read a letter again and validated it",
        "jour de la validation",
        "day of the validation",
        field(
            "letter",
            "choice",
            "quelle lettre",
            "which letter",
            must=True,
            choices=choices_of(LetterValidated, "letter"),
        ),
        field(
            "about",
            "text",
            "de quoi elle parle : clé d’agenda, id de clause ou question/ID",
            "what it is about: an agenda key, the id of a clause or question/ID",
            must=True,
        ),
        field("mark", "text", "la marque du texte relu", "the mark of the text that was read", must=True),
        *_added(),
    ),
    dated(
        "letter-posted",
        "une lettre recommandée a été postée",
        "a registered letter was posted",
        "jour du dépôt (cachet de la poste)",
        "day of posting (postmark)",
        field(
            "letter",
            "choice",
            "quelle lettre ; une résiliation si rien n’est dit",
            "which letter; a termination when nothing is said",
            choices=choices_of(LetterPosted, "letter"),
        ),
        field(
            "rule",
            "name",
            "d’une résiliation : la clause utilisée",
            "of a termination: the clause used",
        ),
        field(
            "about",
            "text",
            "d’une autre lettre : de quoi elle parle, comme manager-left-told/f12",
            "of another letter: what it is about, as in manager-left-told/f12",
        ),
        field("by", "name", "la partie qui écrit", "the party that writes", must=True),
        field(
            "form",
            "choice",
            "la forme de l’envoi",
            "the form of the letter",
            choices=choices_of(LetterPosted, "form"),
        ),
        field("reasons", "text", "les motifs, si la clause les veut", "the reasons, where the clause wants them"),
        field(
            "effect_wanted",
            "day",
            "le dernier jour écrit dans la lettre",
            "the last day written in the letter",
        ),
        field("tracking", "text", "le numéro de suivi", "the tracking number"),
    ),
    dated(
        "letter-presented",
        "la lettre a été présentée pour la première fois",
        "the letter was first presented",
        "jour de la présentation",
        "day of presentation",
        _LETTER,
    ),
    dated(
        "letter-delivered",
        "le destinataire a reçu la lettre",
        "the addressee received the letter",
        "jour de l’avis de réception",
        "day of the receipt",
        _LETTER,
    ),
    dated(
        "letter-returned",
        "la lettre est revenue",
        "the letter came back",
        "jour du retour",
        "day it came back",
        _LETTER,
        field(
            "outcome",
            "choice",
            "pourquoi elle revient",
            "why it came back",
            must=True,
            choices=choices_of(LetterReturned, "outcome"),
        ),
    ),
    dated(
        "notice-withdrawn",
        "les parties renoncent d’un commun accord à la résiliation",
        "both sides give the notice up",
        "jour de l’accord",
        "day they agreed",
        _LETTER,
    ),
)
"""In the order in which they happen."""


LIFE: tuple[KindHelp, ...] = (
    dated(
        "incident-assessed",
        "le risque d’une violation de données pour les personnes est jugé",
        "the risk of a data breach for people is judged",
        "jour où il est jugé",
        "day it was judged",
        field("incident", "text", "le numéro du fait, comme f12", "the number of the fact, as in f12", must=True),
        field("risk", "choice", "le risque", "the risk", must=True, choices=choices_of(IncidentAssessed, "risk")),
    ),
    dated(
        "answer-extended",
        "la personne est informée, avec les motifs, que la réponse prendra plus de temps",
        "the person was told, with the reasons, that the answer takes longer",
        "jour où elle en est informée",
        "day she was told",
        field(
            "item",
            "text",
            "la clé de la réponse due, comme person-answer/f12",
            "the key of the answer owed",
            must=True,
        ),
        field(
            "months",
            "number",
            "un ou deux mois de plus ; deux si rien n’est dit",
            "one or two more months; two unless said",
        ),
    ),
    dated(
        "certificate-received",
        "une attestation de destruction est remise, reçue ou donnée",
        "a certificate of destruction was handed over, to us or by us",
        "jour de la remise",
        "day it was handed over",
        field(
            "item",
            "text",
            "la clé de la destruction, comme destruction/operator",
            "the key of the destruction",
            must=True,
        ),
        field(
            "destroyed_on",
            "day",
            "le jour de la destruction qu’elle donne",
            "the day of the destruction that it gives",
        ),
        field("document", "text", "où elle est gardée", "where it is kept"),
    ),
    dated(
        "hold-reviewed",
        "la suspension de la destruction pour contentieux est revue",
        "the hold put on destruction by a litigation was looked at",
        "jour de l’examen",
        "day it was looked at",
        field("outcome", "choice", "l’issue", "the outcome", choices=choices_of(HoldReviewed, "outcome")),
    ),
    dated(
        "party-changed",
        "une partie change de nom : renommée, fusionnée, ou une autre institution lui succède",
        "a party has another name: renamed, merged, or another institution took its place",
        "premier jour du nouveau nom",
        "first day of the new name",
        field("party", "name", "la partie", "the party", must=True),
        field("new_name", "text", "son nouveau nom entier", "its whole new name", must=True),
        field("why", "choice", "pourquoi", "why", choices=choices_of(PartyChanged, "why")),
        field("signs_as", "text", "la qualité de qui signe, si elle change", "who signs for it, if that changes"),
        field(
            "postal",
            "text",
            "sa nouvelle adresse postale, les lignes séparées par « | »",
            "its new postal address, lines separated by “|”",
        ),
    ),
    dated(
        "territory-changed",
        "des communes rejoignent ou quittent le territoire d’une partie",
        "communes joined or left the territory of a party",
        "premier jour du nouveau territoire",
        "first day of the new territory",
        field(
            "party",
            "name",
            "la partie dont c’est le territoire",
            "the party whose territory it is",
            must=True,
        ),
        field(
            "joined",
            "text",
            "les communes qui arrivent, séparées par des virgules",
            "the communes that join, with commas",
        ),
        field("left", "text", "celles qui partent", "those that leave"),
    ),
)
"""In the order in which a coordinator meets them."""


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


_ROLE = field("role", "name", "le rôle, comme coordinator", "the role, as in coordinator", must=True)

ROLES: tuple[KindHelp, ...] = (
    dated(
        "away",
        "le titulaire d’un rôle est absent : son remplaçant reçoit son courrier",
        "whoever holds a role is away: its substitute gets its mail",
        "premier jour d’absence",
        "first day away",
        _ROLE,
        field("until", "day", "dernier jour d’absence", "last day away", must=True),
    ),
    dated(
        "role-changed",
        "un rôle change de titulaire ou d’adresse",
        "a role has another holder, or another address",
        "premier jour où la nouvelle adresse compte",
        "first day on which the new address counts",
        _ROLE,
        field("address", "text", "la nouvelle adresse", "the new address", must=True),
        field(
            "function",
            "text",
            "le nom de la fonction, s’il change",
            "the name of the function, if it changes",
        ),
        field(
            "language",
            "choice",
            "la langue de ses courriels, si elle change",
            "the language of its mail, if it changes",
            choices=("fr", "en"),
        ),
    ),
)
"""In the order in which they happen."""


SIGNING: tuple[KindHelp, ...] = (
    dated(
        "signature-circulated",
        "le texte est envoyé à la signature, une première fois ou de nouveau",
        "the paper is sent round for signature, for the first time or again",
        "jour de l’envoi",
        "day it was sent",
        field(
            "gather_by",
            "day",
            "le jour où toutes les signatures doivent être recueillies",
            "the day by which every signature is to be gathered",
        ),
        field(
            "new_text",
            "yes-no",
            "true si le texte a changé : chacun signe de nouveau",
            "true if the text changed: everybody signs again",
        ),
    ),
    dated(
        "signature-refused",
        "une partie refuse de signer",
        "a party refuses to sign",
        "jour où elle l’a fait savoir",
        "day it let it be known",
        field("party", "name", "la partie qui refuse", "the party that refuses", must=True),
        field("reason", "text", "le motif, tel qu’il est donné", "the reason, as given", must=True),
    ),
)
"""In the order in which they happen."""


_ITEM = field(
    "item",
    "text",
    "la clé de l’échéance, comme steering-committee/2022",
    "the item’s key, as in steering-committee/2022",
    must=True,
)

COURSE: tuple[KindHelp, ...] = (
    dated(
        "act-adopted",
        "l’assemblée a voté la délibération",
        "the assembly voted the act",
        "jour de la séance",
        "day of the session",
        field("number", "text", "numéro de la délibération", "number of the act"),
    ),
    dated(
        "act-published",
        "la délibération a été publiée",
        "the act was published",
        "jour de la publication",
        "day of publication",
    ),
    dated(
        "act-transmitted",
        "le préfet a reçu la délibération",
        "the prefect received the act",
        "jour de l’accusé de réception",
        "day of the receipt",
    ),
    *SIGNING,
    dated(
        "signed",
        "une partie a signé",
        "a party signed",
        "jour de la signature",
        "day of the signature",
        field("party", "name", "la partie qui a signé", "the party that signed", must=True),
        field(
            "irregular",
            "yes-no",
            "true pour une signature déjà donnée trop tôt",
            "true for a signature already given too early",
        ),
    ),
    dated(
        "contract-publicised",
        "l’avis de signature a été publié",
        "the notice of signature was published",
        "jour de la publicité",
        "day of publicity",
    ),
    dated(
        "appeal-lodged",
        "un recours gracieux a été reçu",
        "an appeal to the authority was received",
        "jour de réception",
        "day of receipt",
        field("by", "choice", "qui l’a formé", "who lodged it", choices=choices_of(AppealLodged, "by")),
    ),
    dated(
        "appeal-answered",
        "le refus exprès du recours a été notifié",
        "the express refusal of the appeal was notified",
        "jour de la notification",
        "day of notification",
    ),
    dated(
        "done",
        "quelque chose de dû a été fait",
        "something owed was done",
        "jour où c’est fait",
        "day it was done",
        _ITEM,
        field("party", "name", "la partie qui l’a fait", "the party that did it"),
        field(
            "at",
            "moment",
            "l’heure et son décalage, si le délai est en heures",
            "the hour and its offset, where hours count",
        ),
    ),
    KindHelp(
        kind="meeting-arranged",
        says=both("la date d’une rencontre est fixée, ou changée", "the date of a meeting is fixed, or changed"),
        fields=(
            _ITEM,
            field(
                "starts_at",
                "moment",
                "jour et heure du début, à l’heure du lieu",
                "day and hour it begins, local time",
                must=True,
            ),
            field("minutes", "number", "durée en minutes", "duration in minutes"),
            field("place", "text", "le lieu", "the place"),
            field("video_link", "text", "l’adresse de la visioconférence", "the address of the video room"),
            NOTE,
        ),
    ),
    dated(
        "meeting-cancelled",
        "une rencontre fixée n’aura pas lieu",
        "an arranged meeting will not take place",
        "jour de l’annulation",
        "day it was cancelled",
        _ITEM,
        field("reason", "text", "le motif", "the reason"),
    ),
    dated(
        "meeting-held",
        "une rencontre a eu lieu",
        "a meeting took place",
        "jour de la rencontre",
        "day of the meeting",
        _ITEM,
        field(
            "present",
            "number",
            "combien étaient présents, si un quorum est prévu : en deçà, la rencontre est à refaire",
            "how many were present, where there is a quorum: below it the meeting is to be held again",
        ),
    ),
    dated(
        "meeting-minutes",
        "le compte rendu d’une rencontre est établi",
        "the minutes of a meeting are drawn up",
        "jour du compte rendu",
        "day of the minutes",
        _ITEM,
        field("document", "text", "où le compte rendu se trouve", "where the minutes are kept"),
    ),
    dated(
        "question-answered",
        "une question a sa réponse",
        "a question has its answer",
        "jour de la réponse",
        "day of the answer",
        field("question", "text", "la question", "the question", must=True),
        field("reading", "name", "la lecture choisie", "the reading chosen"),
        field("day", "day", "le jour répondu", "the day answered"),
        field("months", "number", "le nombre de mois répondu", "the number of months answered"),
        field("text", "text", "la réponse en mots", "the answer in words"),
    ),
    dated(
        "event",
        "un événement qu’une clause attend est arrivé",
        "an event that a clause waits for happened",
        "jour de l’événement",
        "day of the event",
        field("event", "name", "l’événement, comme data-delivered", "the event, as in data-delivered", must=True),
        field(
            "party",
            "name",
            "à qui il est arrivé (qui a trouvé la violation, reçu la demande) ; nous, si rien n’est dit",
            "to whom it happened (who found the breach, was asked); us unless said",
        ),
        field(
            "at",
            "moment",
            "l’heure et son décalage, si le délai se compte en heures",
            "the hour and its offset, where the delay is in hours",
        ),
        field("label", "text", "ce qui distingue cette fois des autres", "what tells this time from others"),
    ),
    dated(
        "accounts-counted",
        "les comptes ouverts ont été comptés",
        "the open accounts were counted",
        "jour du compte",
        "day of the count",
        field(
            "number",
            "number",
            "le nombre de comptes, hors celui du gestionnaire",
            "how many, the manager’s own left out",
            must=True,
        ),
    ),
)
"""In the order of a convention’s life."""


KINDS: dict[str, KindHelp] = {kind.kind: kind for kind in (*COURSE, *LETTERS, *END, *MAIL, *ROLES, *LIFE)}
"""Kind -> its help; a test compares it with the models, field by field."""
