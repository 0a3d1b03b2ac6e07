"""What the steps of a breach are called, and how their days were counted."""

from datetime import date
from typing import Final

from domain.breach_days import POSTING, Window
from domain.breaches import LETTERS, Case
from domain.items import EffectRange
from domain.model import Text
from domain.situation import Situation
from domain.terms import BreachStep
from domain.words import figures

TITLES: Final[dict[str, Text]] = {
    "found": Text(fr="Manquement constaté", en="Breach recorded"),
    "inform-reasons": Text(
        fr="Manquement : lettre qui en donne les motifs", en="Breach: letter giving the reasons"
    ),
    "comment": Text(fr="Manquement : observations", en="Breach: comments"),
    "decide": Text(
        fr="Manquement : décision, par lettre recommandée", en="Breach: decision, by registered letter"
    ),
    "suspend": Text(fr="Manquement : suspension immédiate", en="Breach: suspended at once"),
    "formal-notice": Text(fr="Manquement : mise en demeure", en="Breach: formal notice"),
    "cure": Text(fr="Manquement : y remédier", en="Breach: cure it"),
    "ends": Text(fr="Manquement : dernier jour en vigueur", en="Breach: last day in force"),
}


def no_timer(case: Case, day: date | None) -> str:
    """Return why a breach without steps has no day, or who gave it one."""
    if day is not None:
        return f"fin enregistrée : dernier jour en vigueur le {figures(day)}, à minuit"
    if case.closed is not None:
        return f"close le {figures(case.closed.on)} : la convention continue"
    return "le texte ne donne ni délai ni forme : seule une fin enregistrée par une personne a une date"


def window_trace(s: Situation, window: Window | None, step: BreachStep) -> str:
    """Return how the time to answer was counted, both readings where there are two."""
    if window is None:
        return "attend la lettre qui ouvre le délai"
    months = f"{step.months} mois"
    kept = (
        "de l’envoi"
        if window.kept == window.starts[0] and window.reading.id == POSTING
        else "de la réception"
    )
    words = [f"{kept} le {figures(window.kept)} + {months} → {figures(window.raw)}"]
    if window.ours:
        safe = s.calendar.prev_workable(window.raw)
        words.append(f"à faire au plus tard le {figures(safe)}, jour travaillé")
    elif window.last != window.raw:
        words.append(f"jour chômé : pas écoulé avant le {figures(window.last)} au soir")
    if not window.reading.settled and window.starts[0] != window.starts[1]:
        words.append(
            f"envoi le {figures(window.starts[0])}, réception le {figures(window.starts[1])} : deux lectures"
        )
    return " ; ".join(words)


def end_trace(s: Situation, case: Case, step: BreachStep, end: EffectRange, day: date) -> str:
    """Return how the last day in force was counted, from the earliest reading to the latest."""
    if case.closed is not None:
        return f"fin enregistrée : dernier jour en vigueur le {figures(day)}, à minuit"
    if step.from_ == "answer":
        origin = _answers(case)
    else:
        letter = case.fact(*LETTERS)
        received = letter.delivered_on if letter else None
        origin = (
            f"mise en demeure reçue le {figures(received)}"
            if received
            else "mise en demeure, réception estimée"
        )
        cure = case.defined("cure")
        origin += f" + {cure.months if cure else 0} mois sans remède : fin automatique"
    words = [f"{origin} → {figures(end.expected)}"]
    if end.earliest != end.latest:
        words.append(f"au plus tôt le {figures(end.earliest)}, au plus tard le {figures(end.latest)}")
        against_us = s.convention.us in case.breach.against
        words.append(
            f"retenu : le {figures(day)}, " + ("lecture la plus proche" if against_us else "jamais trop tôt")
        )
    return " ; ".join(words)


def _answers(case: Case) -> str:
    comments, decision = case.fact("comment"), case.fact("decide")
    words = [f"observations du {figures(comments.on)}"] if comments else []
    if decision is not None:
        received = f", reçue le {figures(decision.delivered_on)}" if decision.delivered_on else ""
        words.append(f"décision du {figures(decision.on)}{received}")
    return "un mois à compter de « la réponse » (" + " ; ".join(words) + ")"
