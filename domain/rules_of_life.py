"""The rules of what goes wrong or changes, each explained in one sentence."""

from typing import Final

from domain.rule import Rule

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
