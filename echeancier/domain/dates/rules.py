"""Every rule explained in one sentence; a rule id names the function that made the date, or our policy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Certainty(StrEnum):
    """How sure a date is; shown wherever the date is."""

    CERTAIN = "certain"  # the text or settled case law
    CONTESTED = "contested"  # several readings; the prudent one runs
    POLICY = "policy"  # ours, no law behind it
    CHOSEN = "chosen"  # by the coordinator, where the text gives no number


@dataclass(frozen=True)
class Rule:
    """One rule explained to its readers, French first."""

    fr: str
    en: str


RULES_OF_LIFE: Final[dict[str, Rule]] = {
    "gdpr_72_hours": Rule(
        fr="72 heures réelles depuis la connaissance de la violation (RGPD, art. 33), sans pause la nuit ni le dimanche.",
        en="72 real hours from knowing of the breach (GDPR, art. 33), never paused by night or by a Sunday.",
    ),
    "gdpr_month_extended": Rule(
        fr="Un mois, prolongé de deux au plus si la personne en est informée dans le mois, avec les motifs (RGPD, art. 12).",
        en="One month, extended by two at most if the person is told within the month, with the reasons (GDPR, art. 12).",
    ),
    "incident_report_policy": Rule(
        fr="Toute violation se documente (RGPD, art. 33, par. 5), sans délai chiffré : les jours sont les nôtres.",
        en="Every breach is documented (GDPR, art. 33.5), with no number of days in the law: the number is ours.",
    ),
    "certificate_policy": Rule(
        fr="L’attestation prouve la destruction ; le texte ne lui donne pas de délai : les jours sont les nôtres.",
        en="The certificate proves the destruction; the text gives it no period: the number of days is ours.",
    ),
}
"""Rule id -> its explanation."""


__all__ = ["RULES", "Rule"]

RULES: Final[dict[str, Rule]] = {
    # The functions of echeancier/domain/dates/delays.py.
    "add_months": Rule(
        fr="Même quantième n mois plus tard ; s’il n’existe pas, dernier jour du mois (CPC art. 641).",
        en="Same day number n months later; where it does not exist, the last day of that month (CPC art. 641).",
    ),
    "days": Rule(
        fr="Jours calendaires, le jour de l’événement n’étant pas compté (CPC art. 641).",
        en="Calendar days, the day of the event not being counted (CPC art. 641).",
    ),
    "months": Rule(
        fr="Délai en mois, de quantième à quantième, sans report (CPC art. 641).",
        en="A period in months, from day number to day number, never extended (CPC art. 641).",
    ),
    "ext642": Rule(
        fr="Un délai qui expire un samedi, un dimanche ou un jour férié va jusqu’au jour ouvré suivant (CPC art. 642).",
        en="A period ending on a Saturday, a Sunday or a holiday runs to the next working day (CPC art. 642).",
    ),
    "ours": Rule(
        fr="Ce que nous devons faire se fait au plus tard le dernier jour travaillé avant l’échéance.",
        en="What we must do is done at the latest on the last day worked before the deadline.",
    ),
    "franc_months": Rule(
        fr="Délai franc de recours : n mois et un jour, reporté au jour ouvré suivant (CJA R.421-1, CGCT L.2131-6).",
        en="Clear period for an appeal: n months and a day, extended to the next working day "
        "(CJA R.421-1, CGCT L.2131-6).",
    ),
    "implicit_refusal": Rule(
        fr="Deux mois de silence valent refus ; ce délai n’est ni franc ni reporté (CRPA L.231-4).",
        en="Two months of silence amount to a refusal; this period is neither clear nor extended (CRPA L.231-4).",
    ),
    "clear_days_before": Rule(
        fr="Jours francs avant l’événement : ni le premier ni le dernier ne compte (CGCT L.2121-12).",
        en="Clear days before the event: neither the first nor the last one counts (CGCT L.2121-12).",
    ),
    "huitaine": Rule(
        fr="« Sous huitaine » : huit jours calendaires ; par prudence, sept et un jour travaillé.",
        en="“Sous huitaine”: eight calendar days; to be safe, seven and a day that is worked.",
    ),
    "term_last_day": Rule(
        fr="Le terme est la veille du même quantième ; il ne se déplace jamais.",
        en="The term ends the day before the same day number; it never moves.",
    ),
    "first_term": Rule(
        fr="Le premier jour compte : tant de semaines ou de jours, le 31 décembre d’une année civile, le dernier jour d’une "
        "année scolaire (31 août à défaut, c’est notre choix) ; la fin ne se déplace jamais.",
        en="The first day counts: so many weeks or days, 31 December of a civil year, the last day of a school year "
        "(31 August where none is said, which is ours); the end never moves.",
    ),
    "amended_end": Rule(
        fr="Le dernier jour est celui de l’avenant dont l’effet est le plus tardif, même s’il abrège (C. civ. art. 1193).",
        en="The last day is that of the amendment of the latest effect, even a shorter one (C. civ. art. 1193).",
    ),
    "amended_day": Rule(
        fr="Le dernier jour que donne l’avenant, pour cette fois seulement\u00a0; la règle du texte vaut pour les autres.",
        en="The last day that the amendment gives, for that time only; the rule of the text holds for the others.",
    ),
    "suspended_end": Rule(
        fr="Le terme recule d’un jour par jour suspendu, premier et dernier compris, où le texte le prolonge d’autant.",
        en="The term is put off by a day for each day suspended, first and last included, where the text prolongs it so.",
    ),
    "tacit_end": Rule(
        fr="Reconduite d’elle-même si personne n’écrit (CE, 6 juin 2018, n° 411053) : chaque période se compte depuis la prise "
        "d’effet, jamais de terme en terme ; la dernière est celle que permettent le nombre ou le plafond.",
        en="It renews itself if nobody writes (CE, 6 June 2018, no. 411053): each period is counted from the effect, never from "
        "one end to the next; the last is the one that the number or the cap allows.",
    ),
    "ended_of_right": Rule(
        fr="Un événement que le texte nomme y met fin de plein droit, ce jour-là ou tant de temps après.",
        en="An event that the text names ends it by itself, on that day or so long after.",
    ),
    "renewed_end": Rule(
        fr="Chaque acte de renouvellement pris à temps la prolonge d’une période, comptée depuis la prise d’effet.",
        en="Each act of renewal taken in time extends it by one period, counted from the effect.",
    ),
    "denial_plan": Rule(
        fr="Bilan deux mois, décision un mois avant le jour de poster la dénonciation, un jour ouvré ; règle interne.",
        en="Stock is taken two months, and the decision one month, before the day to post the denial; an internal rule.",
    ),
    "parent_end": Rule(
        fr="La fin est celle de la convention mère, que l’annexe ne dépasse pas.",
        en="The end is that of the parent convention, which the annex does not outlive.",
    ),
    "notice_last_day": Rule(
        fr="Le préavis expire à minuit au même quantième, même un jour fermé.",
        en="The notice expires at midnight on the same day number, even a closed day.",
    ),
    "periods": Rule(
        fr="Une fois par période, comptée depuis la prise d’effet ; à faire au dernier jour travaillé de la période.",
        en="Once in each period, counted from the effect; due on the last day worked of the period.",
    ),
    "yearly_day": Rule(
        fr="Un jour de chaque année couverte, même en partie\u00a0; dit «\u00a0avant le\u00a0», ce jour ne compte pas.",
        en="A day of each year covered, even in part; “before” leaves that day out.",
    ),
    "monthly_day": Rule(
        fr="Un jour de chaque mois couvert, le dernier du mois à défaut\u00a0; «\u00a0avant le\u00a0» ne le compte pas.",
        en="A day of each month covered, the last of the month failing that; “before” leaves it out.",
    ),
    "weekly_day": Rule(
        fr="Un jour de chaque semaine, compté mois par mois\u00a0; à faire le dernier au plus tard.",
        en="A day of each week, counted month by month; the last of them at the latest.",
    ),
    "after_close": Rule(
        fr="Le délai court de la clôture de chaque exercice que la convention touche\u00a0; il n’est pas prorogé.",
        en="The time runs from the close of each financial year that the convention touches; it is not extended.",
    ),
    "part_of_year": Rule(
        fr="Une partie de chaque année\u00a0: à faire avant son dernier jour, celui qui compte.",
        en="A part of each year: to be done by its last day, which counts.",
    ),
    "before_term": Rule(
        fr="Tant de temps avant le dernier jour du terme, qui compte\u00a0; le jour bouge avec lui.",
        en="So long before the last day of the term, which counts; the day moves with it.",
    ),
    "period_day": Rule(
        fr="Le premier ou le dernier jour de chaque période, comptée depuis la prise d’effet ou l’année civile.",
        en="The first or the last day of each period, counted from the effect or by the civil year.",
    ),
    "survives_until": Rule(
        fr="Ce qui survit dure le temps que dit le texte, compté du dernier jour en vigueur\u00a0; il n’est pas prorogé.",
        en="What the end does not end lasts as long as the text says, counted from the last day in force; it never moves.",
    ),
    "renewal_plan": Rule(
        fr="Préparation du renouvellement à rebours du terme (6, 4, 2 et 1 mois avant) ; règle interne.",
        en="The renewal prepared backwards from the term (6, 4, 2 and 1 months before); an internal rule.",
    ),
    "annexe_last": Rule(
        fr="À signer au plus tard le dernier jour travaillé avant le terme.",
        en="To be signed at the latest on the last day worked before the term.",
    ),
    "absence_exceeds_months": Rule(
        fr="Absence de plus de n mois : atteinte au même quantième, certaine le lendemain.",
        en="An absence of more than n months: reached on the same day number, certain the day after.",
    ),
    "absence_exceeds_days": Rule(
        fr="Absence de plus de n jours calendaires, le premier jour étant compté.",
        en="An absence of more than n calendar days, the first day being counted.",
    ),
    # The functions of echeancier/domain/dates/delays.py.
    "plus_hours": Rule(
        fr="Délai en heures : temps réel, sans interruption la nuit, le dimanche ou au changement d’heure.",
        en="A period in hours: real time, never paused by night, by a Sunday or by a change of clocks.",
    ),
    "local_instants": Rule(
        fr="Une heure locale qui existe deux fois est à préciser ; d’ici là, la première est retenue.",
        en="A local time that exists twice must be made precise; until then the first one is kept.",
    ),
    # The functions of echeancier/domain/dates/notice.py.
    "presentation_day": Rule(
        fr="Une lettre recommandée est présentée environ trois jours ouvrés après son dépôt.",
        en="A registered letter is presented about three working days after it is posted.",
    ),
    "last_collection_day": Rule(
        fr="Une lettre non remise attend quinze jours calendaires au bureau de poste.",
        en="A letter not handed over waits fifteen calendar days at the post office.",
    ),
    "served_day": Rule(
        fr="Une lettre non retirée est signifiée par commissaire de justice dans les cinq jours ouvrés.",
        en="A letter not collected is served by a commissaire de justice within five working days.",
    ),
    "posting_plan": Rule(
        fr="Jours de dépôt selon ce qui compte : l’envoi (P0), la présentation (P1), la réception ou la "
        "signification (P2).",
        en="Posting days by what counts: sending (P0), presentation (P1), receipt or service (P2).",
    ),
    # The functions of echeancier/domain/dates/notice.py.
    "to_end_on": Rule(
        fr="Préavis compté à rebours de la fin voulue, avec le délai postal que la clause rend prudent.",
        en="The notice counted back from the end wanted, with the postal time the clause makes prudent.",
    ),
    "if_posted_on": Rule(
        fr="Fin produite par une lettre postée ce jour-là, de la lecture la plus proche à la plus lointaine.",
        en="The end produced by a letter posted that day, from the nearest reading to the farthest.",
    ),
    "due_dates": Rule(
        fr="Échéances annuelles : la veille de chaque anniversaire de la prise d’effet.",
        en="Annual due dates: the day before each anniversary of the effect.",
    ),
    "next_due_date": Rule(
        fr="Un préavis trop tardif pour une échéance annuelle vaut pour la suivante.",
        en="A notice too late for one annual due date counts for the next.",
    ),
    # One function, two units; the days that a text or a person gives; what a calendar counts.
    "absence_exceeds": Rule(
        fr="« Plus de » : le délai doit être dépassé, la date stricte est le lendemain.",
        en="“More than”: the period must be exceeded, the strict date is the day after.",
    ),
    "days_before": Rule(
        fr="Jours calendaires avant l’événement ; par prudence, un jour travaillé plus tôt.",
        en="Calendar days before the event; to be safe, a day worked before that.",
    ),
    "add_open": Rule(
        fr="Jours ouvrés : les samedis, les dimanches et les jours fériés ne comptent pas.",
        en="Working days: Saturdays, Sundays and holidays do not count.",
    ),
    "ouvrable_days": Rule(
        fr="Jours ouvrables : les dimanches et les jours fériés ne comptent pas, les samedis comptent.",
        en="Days of the six-day week: Sundays and holidays do not count, Saturdays do.",
    ),
    "clear_days": Rule(
        fr="Jours francs : ni le jour de départ ni celui de l’échéance ne comptent.",
        en="Clear days: neither the first nor the last one counts.",
    ),
    "open_hours": Rule(
        fr="Heures ouvrées : comptées aux heures d’ouverture, les jours ouvrés.",
        en="Working hours: counted while the house is open, on working days.",
    ),
    "hours_before": Rule(
        fr="Heures réelles avant l’événement ; par prudence, le dernier jour travaillé d’ici là.",
        en="Real hours before the event; to be safe, the last day worked until then.",
    ),
    "month_end": Rule(
        fr="« Fin de mois » : le délai compté puis porté à la fin du mois, ou l’inverse ; l’autre lecture est dite à côté.",
        en="“Fin de mois”: counted then carried to the end of the month, or the reverse; the other reading is told beside.",
    ),
    "first_day_named": Rule(
        fr="Le premier jour est nommé et compte : le délai est fait de mois, de semaines ou de jours entiers.",
        en="The first day is named and counts: the delay is made of whole months, weeks or days.",
    ),
    "at_least": Rule(
        fr="« Pas avant » : ouvre à la fin du délai, par prudence le jour ouvré suivant ; rien n’est jamais en retard.",
        en="“Not before”: opens at the end of the delay, to be safe on the next working day; nothing is ever late.",
    ),
    "day_of_the_text": Rule(
        fr="Jour écrit dans le texte ; à faire au plus tard le dernier jour travaillé avant lui.",
        en="A day written in the text; due at the latest on the last day worked before it.",
    ),
    "day_chosen": Rule(
        fr="Jour choisi par la coordination : le texte n’en donne pas.",
        en="A day chosen by the coordinator: the text gives none.",
    ),
    # The posting day kept, among the three of echeancier/domain/dates/notice.py.
    "posting_plan.P0": Rule(
        fr="Jour de dépôt quand l’envoi suffit : préavis retranché, ramené au dernier jour travaillé.",
        en="The posting day when sending is enough: the notice subtracted, back to the last day worked.",
    ),
    "posting_plan.P1": Rule(
        fr="Jour de dépôt quand la présentation compte : environ trois jours ouvrés de plus.",
        en="The posting day when presentation counts: about three working days earlier.",
    ),
    "posting_plan.P2": Rule(
        fr="Jour de dépôt quand la réception compte : le temps de la poste, du guichet, de la signification.",
        en="The posting day when receipt counts: time for the post, for collection and for service.",
    ),
    # A breach, step by step (echeancier/domain/standing/breach_cases.py).
    "breach_recorded": Rule(
        fr="Le texte ne donne ni délai ni forme : seule une fin enregistrée par une personne a une date.",
        en="The text gives neither time nor form: only an end that a person recorded has a date.",
    ),
    "breach_step": Rule(
        fr="Étape à laquelle le texte ne donne pas de délai : sa date est celle qui est enregistrée.",
        en="A step for which the text gives no time: its date is the one that is recorded.",
    ),
    "comment_period": Rule(
        fr="Temps donné pour observer : le nôtre est compté au plus court, celui de l’autre au plus long.",
        en="The time given for comments: ours is counted at its shortest, the other side’s at its longest.",
    ),
    "cure_period": Rule(
        fr="Temps donné pour remédier : le nôtre est compté au plus court, celui de l’autre au plus long.",
        en="The time given to cure: ours is counted at its shortest, the other side’s at its longest.",
    ),
    "automatic_end": Rule(
        fr="Sans remède dans le délai de la mise en demeure, la convention prend fin d’elle-même.",
        en="Without a cure in the time of the formal notice, the convention ends by itself.",
    ),
    "answer_month": Rule(
        fr="Un mois à compter de « la réponse », sans dire de qui : au plus tôt, au plus tard.",
        en="One month from “the answer”, not said whose: the earliest reading, the latest reading.",
    ),
    # What happens on the way: suspension, dispute, departures, the council.
    "suspended_at_once": Rule(
        fr="Le départ suspend dès ce jour, sans délai.",
        en="A departure suspends from that very day.",
    ),
    "resumption": Rule(
        fr="La suspension cesse quand ce que le texte attend est enregistré.",
        en="A suspension ends when what the text waits for is recorded.",
    ),
    "amicable_month": Rule(
        fr="Phase amiable en mois ; droit de l’autre partie, jamais close avant le jour ouvré suivant.",
        en="An amicable phase in months; a right of the other side, never over before the next working day.",
    ),
    "amicable_without_delay": Rule(
        fr="Phase amiable sans durée au texte : elle est ouverte, sans dernier jour.",
        en="An amicable phase without a length in the text: it is open, without a last day.",
    ),
    "not_before_court": Rule(
        fr="Pas de juge avant la fin de la phase amiable : par prudence, le lendemain de son dernier jour.",
        en="No court before the amicable phase is over: to be safe, the day after its last one.",
    ),
    "without_delay": Rule(
        fr="Le texte ne chiffre pas le délai : à faire dès le premier jour travaillé.",
        en="The text gives no number: due from the first day worked.",
    ),
    "authority_runs_out": Rule(
        fr="L’habilitation votée s’arrête avec sa durée ; le vote suivant se prépare un mois avant.",
        en="The authority voted stops with its length; the next vote is prepared a month before.",
    ),
    "convocation_at_least": Rule(
        fr="« Trois jours au moins » en Alsace-Moselle (CGCT L.2541-2), « douze » pour un département ou une région (L.3121-19, "
        "L.4132-18), par prudence pris pour francs.",
        en="“At least three days” in Alsace-Moselle (CGCT L.2541-2), “twelve” for a department or a region (L.3121-19, "
        "L.4132-18), taken as clear days to be safe.",
    ),
    # What the text suspends, disputes, convenes, or leaves without a number.
    "open_days_before": Rule(
        fr="Jours ouvrés avant l’événement ; par prudence, un jour travaillé plus tôt.",
        en="Working days before the event; to be safe, a day worked before that.",
    ),
    # Our own choices: no law gives these numbers.
    "transmission_policy": Rule(
        fr="Publier et transmettre d’abord : la loi ne chiffre pas ce délai, les jours sont les nôtres.",
        en="Publish and transmit first, with no number of days in the law: the number is ours.",
    ),
    "signature_gate": Rule(
        fr="Une collectivité signe quand son acte est exécutoire, donc publié et transmis ; par prudence, le "
        "lendemain.",
        en="A local authority signs once its act is executory, that is published and transmitted; to be "
        "safe, the day after.",
    ),
    "minutes_policy": Rule(
        fr="Le compte rendu est attendu dans le nombre de jours que la convention préfère, sans valeur contractuelle.",
        en="Minutes are awaited within the number of days the convention prefers; it is not contractual.",
    ),
    "publicity_policy": Rule(
        fr="La publicité de la signature ouvre le délai de recours ; le nombre de jours est le nôtre.",
        en="Publishing the signature opens the period for appeals; the number of days is ours.",
    ),
    "payment_policy": Rule(
        fr="Le texte ne donne pas de délai de paiement : le nombre de jours est le nôtre.",
        en="The text gives no period for payment: the number of days is ours.",
    ),
    "serve_policy": Rule(
        fr="L’effet d’une lettre non remise est discuté : la faire signifier aussitôt est notre prudence.",
        en="The effect of an undelivered letter is disputed: having it served at once is our caution.",
    ),
    "litigation_review_policy": Rule(
        fr="Une suspension est revue à intervalles fixes, pour ne pas durer par oubli ; l’intervalle est le nôtre.",
        en="A hold is reviewed at fixed intervals so that it does not last by neglect; the interval is ours.",
    ),
    **RULES_OF_LIFE,
}
"""Rule id -> its explanation; every public function that computes a date and every item's rule has one."""


def rule_in_words(rule: str, language: str) -> str:
    """Return the sentence that explains a rule id such as ``posting_plan.P2``; empty when it has none."""
    found = RULES.get(rule) or RULES.get(rule.split(".", 1)[0])
    if found is None:
        return ""
    return found.en if language == "en" else found.fr
