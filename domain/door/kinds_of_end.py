"""The facts that change or end a convention, in words: amendments, breaches, its parent."""

from domain.door.help import KindHelp, choices_of, dated, field
from domain.facts import BreachClosed, BreachStep, ParentEnds, RenewalDecided

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
