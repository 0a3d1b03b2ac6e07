"""How a notice was computed, in the French words shown beside its dates."""

from __future__ import annotations

from datetime import date
from typing import Final

from domain.notice_terms import NoticeTerms
from domain.postal import PostingPlan

_NB: Final = "\u00a0"
_ARROW: Final = " → "


def french_day(day: date) -> str:
    """The day as printed in a French letter: 31/12/2021."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def nothing_because(
    end: date, legal: date, months: int, natural_end: date | None, effect_on: date | None
) -> str | None:
    """Why there is no letter to post for that end, None when there is one."""
    if natural_end is not None and end >= natural_end:
        return (
            f"la convention s’achève d’elle-même le {french_day(natural_end)}{_NB}: "
            f"un préavis pour cette date ne changerait rien, rien à poster"
        )
    if effect_on is not None and legal < effect_on:
        return (
            f"{months} mois de préavis ne tiennent pas entre la prise d’effet du {french_day(effect_on)} "
            f"et le {french_day(end)}{_NB}: rien à poster pour cette date"
        )
    return None


def advice_trace(end: date, terms: NoticeTerms, plans: PostingPlan, safe: date) -> str:
    """The reasoning behind a posting day, from the end wanted back to the post office."""
    steps = [f"{terms.months} mois avant le {french_day(end)}{_ARROW}{french_day(plans.lim)}"]
    if terms.basis == "annual-due-date":
        steps.insert(0, f"résiliation à l’échéance annuelle seulement, ici le {french_day(end)}")
    if plans.latest_trigger > plans.lim:
        steps.append(
            f"la fin de mois tolérerait le {french_day(plans.latest_trigger)}, tolérance à ne pas utiliser"
        )
    steps.append(f"{_how_posting_counts(terms)}{_ARROW}à poster au plus tard le {french_day(safe)}")
    if terms.basis == "letter-date" or terms.bound == "ceiling":
        steps.append(f"écrire dans la lettre que la convention prend fin le {french_day(end)}")
    if terms.form == "unstated":
        steps.append("la clause n’impose aucune forme, lettre recommandée avec avis de réception conseillée")
    elif terms.form == "lr":
        steps.append("la clause n’exige pas d’avis de réception, en demander un pour la preuve")
    return _joined(steps)


def _how_posting_counts(terms: NoticeTerms) -> str:
    if terms.bound == "ceiling":
        return "durée maximale et non minimale, plan postal P0"
    if terms.basis == "sending":
        return "la date d’envoi compte, plan postal P0"
    if terms.basis in {"receipt", "letter-date"}:
        return "la date de réception compte, délai postal P2"
    return "point de départ non précisé, réception supposée, délai postal P2"


def range_trace(
    posted: date,
    terms: NoticeTerms,
    triggers: tuple[date, date, date],
    ends: list[date],
    *,
    received: bool,
    useless: bool,
) -> str:
    """The reasoning behind the end a posted letter produces, reading by reading."""
    steps = [f"postée le {french_day(posted)}", f"préavis de {terms.months} mois{_bound(terms)}"]
    if terms.basis == "sending" and ends[0] == ends[2]:
        steps.append(f"la date d’envoi compte{_ARROW}dernier jour le {french_day(ends[1])}")
    elif ends[0] == ends[2]:
        steps.append(f"toutes les lectures concordent{_ARROW}dernier jour le {french_day(ends[1])}")
    else:
        steps += [
            f"au plus tôt, départ le {french_day(triggers[0])}{_ARROW}{french_day(ends[0])}",
            f"attendu, départ le {french_day(triggers[1])}{_ARROW}{french_day(ends[1])}",
            f"au plus tard, départ le {french_day(triggers[2])}{_ARROW}{french_day(ends[2])}",
            "le destinataire doit se fier à la date la plus proche",
        ]
    if terms.basis != "sending" and not received:
        steps.append(
            "si la lettre est refusée ou n’est pas retirée, la faire signifier par commissaire de justice"
        )
    if useless:
        steps.append("la convention s’achève d’elle-même à cette date, la lettre n’y change rien")
    return _joined(steps)


def _bound(terms: NoticeTerms) -> str:
    return {"exact": "", "floor": " au moins", "ceiling": " au maximum"}[terms.bound]


def _joined(steps: list[str]) -> str:
    return f"{_NB}; ".join(steps)
