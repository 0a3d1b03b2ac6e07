"""The rules that carry no date function of their own, explained: our choices, and days of the text."""

from typing import Final

from domain.rules import RULES, Rule

_ALSO: Final[dict[str, Rule]] = {
    "day_of_the_text": Rule(
        fr="Jour écrit dans le texte ; à faire au plus tard le dernier jour travaillé avant lui.",
        en="A day written in the text; due at the latest on the last day worked before it.",
    ),
    "day_chosen": Rule(
        fr="Jour choisi par la coordination : le texte n’en donne pas.",
        en="A day chosen by the coordinator: the text gives none.",
    ),
    "days_before": Rule(
        fr="Jours calendaires avant l’événement ; par prudence, un jour travaillé plus tôt.",
        en="Calendar days before the event; to be safe, a day worked before that.",
    ),
    "add_open": Rule(
        fr="Jours ouvrés : samedis, dimanches et jours fériés ne comptent pas.",
        en="Working days: Saturdays, Sundays and holidays do not count.",
    ),
    "absence_exceeds": Rule(
        fr="« Plus de » : le délai doit être dépassé ; la date stricte est le lendemain.",
        en="“More than”: the period must be exceeded; the strict date is the day after.",
    ),
    "transmission_policy": Rule(
        fr="La loi dit d’abord publier et transmettre, sans délai chiffré ici : le nombre de jours est le nôtre.",
        en="The law says to publish and transmit first, with no number of days here: the number is ours.",
    ),
    "signature_gate": Rule(
        fr="Une collectivité signe quand son acte est exécutoire, donc publié et transmis ; par prudence, le "
        "lendemain.",
        en="A local authority signs once its act is executory, that is published and transmitted; to be safe, "
        "the day after.",
    ),
    "publicity_policy": Rule(
        fr="La publicité de la signature ouvre le délai de recours ; le nombre de jours est le nôtre.",
        en="Publishing the signature opens the period for appeals; the number of days is ours.",
    ),
    "payment_policy": Rule(
        fr="Le texte ne donne pas de délai de paiement : le nombre de jours est le nôtre.",
        en="The text gives no period for payment: the number of days is ours.",
    ),
    "serve_policy": Rule(
        fr="L’effet d’une lettre non remise est discuté : la faire signifier sans attendre est notre prudence.",
        en="The effect of an undelivered letter is disputed: having it served at once is our caution.",
    ),
    "litigation_review_policy": Rule(
        fr="Une suspension est revue à intervalles fixes pour ne pas durer par oubli ; l’intervalle est le nôtre.",
        en="A hold is reviewed at fixed intervals so that it does not last by neglect; the interval is ours.",
    ),
}


def rule_in_words(rule: str, language: str) -> str:
    """Return the sentence that explains a rule id such as ``posting_plan.P2``; empty when it has none."""
    name = rule.split(".", 1)[0]
    found = RULES.get(name) or _ALSO.get(name)
    if found is None:
        return ""
    return found.en if language == "en" else found.fr
