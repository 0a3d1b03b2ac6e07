"""A person asks about her data: one month to answer, and two more if she is told so within the first (GDPR art. 12.3)."""

from dataclasses import dataclass
from datetime import date

from domain import facts as f
from domain.data_facts import AnswerExtended
from domain.delays import add_months, ext642
from domain.duties import EventDuty
from domain.situation import Situation
from domain.words import figures

MORE_MONTHS = 2
"""How many months may be added at most (GDPR art. 12.3)."""


@dataclass(frozen=True)
class Longer:
    """What the GDPR adds to the month of the clause.

    Attributes:
        legal: the last day, extension included once it was announced.
        announced: the extension was announced to the person.
    """

    legal: date
    trace: str
    announced: bool


def is_of_a_person(s: Situation, duty: EventDuty) -> bool:
    """Whether a duty is the answer to a person whose data are processed."""
    rule = s.convention.data_protection
    return rule is not None and duty.starts_on == rule.request and duty.delay.months is not None


def extension_of(s: Situation, key: str) -> AnswerExtended | None:
    """Return the announcement that the answer to a person takes longer, None while none was made."""
    found = [x for _, x in s.of(AnswerExtended) if x.item == key]
    return found[-1] if found else None


def extended(s: Situation, duty: EventDuty, key: str, fact: f.Happened) -> Longer | None:
    """Return the last day to answer a person and how it is counted beside the clause; None for any other duty.

    A period of the Union goes on to the next working day (Regulation 1182/71, art. 3.4): that is said, not lived by.
    """
    if not is_of_a_person(s, duty):
        return None
    months = duty.delay.months or 0
    first = add_months(fact.on, months)
    told = extension_of(s, key)
    if told is None:
        last, eu = first, ext642(first, s.calendar)
        more = add_months(fact.on, months + MORE_MONTHS)
        words = f" ; prolongeable jusqu’au {figures(more)} si la personne en est informée, avec les motifs, avant le "
        words += f"{figures(last)} au soir (RGPD, art. 12, par. 3)"
        if eu != last:
            words += f" ; le délai européen va jusqu’au {figures(eu)}, celui de la clause non"
        return Longer(last, words, announced=False)
    last = add_months(fact.on, months + told.months)
    words = f" ; prolongé de {told.months} mois, annoncé à la personne le {figures(told.on)} → {figures(last)} ; la clause, "
    words += "elle, ne prévoit pas de prolongation"
    return Longer(last, words, announced=True)
