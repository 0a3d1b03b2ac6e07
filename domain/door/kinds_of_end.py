"""The facts that change or end a convention, in words: letters, amendments, breaches, its parent."""

from domain.door.help import KindHelp, choices_of, dated, field
from domain.facts import BreachClosed, BreachStep, LetterPosted, LetterReturned, ParentEnds, RenewalDecided

_LETTER = field(
    "letter",
    "text",
    "le numéro du fait letter-posted, comme f12",
    "the id of the letter-posted fact, as in f12",
    must=True,
)

END: tuple[KindHelp, ...] = (
    dated(
        "letter-posted",
        "une lettre de résiliation a été postée",
        "a termination letter was posted",
        "jour du dépôt (cachet de la poste)",
        "day of posting (postmark)",
        field("rule", "name", "la clause de résiliation utilisée", "the termination clause used", must=True),
        field("by", "name", "la partie qui écrit", "the party that writes", must=True),
        field(
            "form",
            "choice",
            "la forme de l’envoi",
            "the form of the letter",
            choices=choices_of(LetterPosted, "form"),
        ),
        field(
            "reasons", "text", "les motifs, si la clause les veut", "the reasons, where the clause wants them"
        ),
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
    dated(
        "litigation-opened", "un contentieux commence", "a litigation began", "jour du début", "day it began"
    ),
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
