"""What a person must look at in the proposed terms, and why; the days of a convention carried to the next period."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from echeancier.domain.agenda.recurring import question_id
from echeancier.domain.dates.delays import add_months, term_last_day
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Frozen, Text
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention

_YEAR = re.compile(r"(?<!\d)(19|20|21)\d\d(?!\d)")


@dataclass(frozen=True)
class Shift:
    """How far the days move.

    Attributes:
        begins: first day of the new period.
        months: from the beginning of the old period to that of the new one.
        old: first and last day of the old period.
    """

    begins: date
    months: int
    old: tuple[date, date]

    @property
    def years(self) -> int:
        """Whole years, for what is named after a year."""
        return self.begins.year - self.old[0].year

    def day(self, day: date) -> date:
        """Return a day as far into the new period as it was into the old one."""
        return add_months(day, self.months)

    def last_day(self, day: date) -> date:
        """Return a last day as many whole months into the new period as it was into the old one, else as far into it."""
        months = length_in_months(self.old[0], day)
        return term_last_day(self.begins, months) if months else self.day(day)

    def names(self, text: str) -> str:
        """Return a text whose years, where they are those of the old period, are those of the new one."""

        def later(found: re.Match[str]) -> str:
            year = int(found[0])
            within = self.old[0].year <= year <= self.old[1].year
            return str(year + self.years) if within else found[0]

        return _YEAR.sub(later, text)


def shift(s: Situation) -> Shift | None:
    """Return how far the days of a convention move, None while its period is not known.

    The new period begins the day after the old one; of a convention ended early, the day after the end it lived to; of one that
    renews itself, the day after the last end of all.
    """
    end = s.ends_on or (s.natural_end if s.is_tacit else None)
    if s.effect_on is None or end is None:
        return None
    begins = end + timedelta(days=1)
    months = (begins.year - s.effect_on.year) * 12 + begins.month - s.effect_on.month
    return Shift(begins, months, (s.effect_on, end))


def length_in_months(first: date, last: date) -> int | None:
    """Return the length of a period in whole months, None when it is not a whole number of them."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return next((n for n in (months, months + 1) if n and term_last_day(first, n) == last), None)


_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class ReviewMark(Frozen):
    """One thing to look at.

    Attributes:
        place: where, as a path in the file (« term.ends_on », « duty.2.meeting.excluded »; blocks are counted from 0).
    """

    place: str
    says: Text


def mark(place: str, fr: str, en: str) -> ReviewMark:
    """Return one thing to look at."""
    return ReviewMark(place=place, says=Text(fr=fr, en=en))


def beginning(s: Situation, moved: Shift, new: Convention) -> Iterator[ReviewMark]:
    """Yield what to look at in its name, its vote, its beginning and its length."""
    yield mark(
        "reference",
        "proposée d’après la précédente ; elle ne changera plus une fois la convention enregistrée",
        "proposed after the former one; it never changes once the convention is registered",
    )
    if s.convention.number:
        yield mark(
            "number",
            f"la précédente portait le n° {s.convention.number} ; le nouveau est à demander",
            f"the former one had number {s.convention.number}; the new one is to be asked for",
        )
    for number in range(len(new.act)):
        yield mark(
            f"act.{number}",
            "une nouvelle délibération est nécessaire : son numéro et la durée qu’elle autorise sont à écrire une fois connus",
            "a new council act is needed: write its number and the length it authorises once they are known",
        )
    yield from _effect(s, moved, new)
    yield mark(
        "term",
        f"durée du texte précédent, qui a couru du {figures(moved.old[0])} au {figures(moved.old[1])} : à confirmer",
        f"the length of the former text, which ran from {moved.old[0]} to {moved.old[1]}: to be confirmed",
    )
    yield from _two_ends(moved, new)
    yield from _renewal(s, moved)


def _two_ends(moved: Shift, new: Convention) -> Iterator[ReviewMark]:
    said = "earlier_of" if new.term.earlier_of else "later_of"
    for number, end in enumerate(new.term.two_ends):
        if end.ends_on is not None:
            yield mark(
                f"term.{said}.{number}.ends_on",
                f"jour reporté d’autant, depuis le {figures(moved.begins)} : à vérifier",
                f"day carried as far, from {moved.begins}: to be checked",
            )


def _renewal(s: Situation, moved: Shift) -> Iterator[ReviewMark]:
    """What a copied clause of renewal would begin anew."""
    rule = s.convention.renewal
    if rule.how in ("express", "tacit"):
        yield mark(
            "renewal",
            "le renouvellement est repris tel quel, et ses fois repartent de zéro : vérifier que le nouveau texte l’entend ainsi",
            "the renewal is copied as it is, its times counted anew: check that the new text means it so",
        )
    if rule.cap_on is not None:
        yield mark(
            "renewal.cap_on",
            f"jour reporté d’autant, depuis le {figures(moved.begins)} : vérifier que le nouveau texte a bien un plafond",
            f"day carried as far, from {moved.begins}: check that the new text has a cap",
        )
    if rule.cap is not None:
        yield mark(
            "renewal.cap",
            "le plafond repart du nouvel effet : vérifier que le nouveau texte l’entend ainsi",
            "the cap is counted from the new effect: check that the new text means it so",
        )


def _effect(s: Situation, moved: Shift, new: Convention) -> Iterator[ReviewMark]:
    first = figures(moved.begins)
    if new.effect.rule == "fixed":
        yield mark(
            "effect.on",
            "le lendemain de la fin ; si toutes les parties n’ont pas signé d’ici là, la période sans signature ne sera "
            "pas couverte",
            f"the day after the end; unless all have signed before {moved.begins}, the time without signatures is not covered",
        )
    elif new.effect.from_ is not None:
        yield mark(
            "effect",
            f"après la signature : si elle ne prend effet qu’après le {first}, elle laisse un intervalle sans convention",
            f"after the signature: if it takes effect after {moved.begins} only, it leaves a time without a convention",
        )
    else:
        yield mark(
            "effect",
            f"à la signature : signée après le {first}, elle laisse un intervalle sans convention",
            f"at the signature: signed after {moved.begins}, it leaves a time without a convention",
        )
    if new.effect.not_before is not None:
        yield mark(
            "effect.not_before",
            f"au plus tôt le {first}, lendemain de la fin : à confirmer",
            f"not before {moved.begins}, the day after the end: to be confirmed",
        )
    if s.ended_early:
        yield mark(
            "effect",
            "la précédente prend fin avant son terme : vérifier que les parties veulent bien une suite",
            "the former one ends before its term: check that the parties do want what follows",
        )


def people(s: Situation) -> Iterator[ReviewMark]:
    """Yield what to look at among parties and functions."""
    for key, party in s.convention.parties.items():
        if party.renamed:
            yield mark(f"parties.{key}.name", f"s’appelait « {party.name} »", f"was called “{party.name}”")
    yield mark(
        "roles",
        "fonctions et adresses telles que le dossier les connaît aujourd’hui : à relire avec chaque partie",
        "functions and addresses as the file knows them today: to be read again with each party",
    )


def content(s: Situation, new: Convention) -> Iterator[ReviewMark]:
    """Yield what to look at in its duties, its money, its parent, its clauses and its questions."""
    for number, duty in enumerate(new.duty):
        chosen = s.answer(question_id(duty))
        if duty.rhythm is None and duty.when is None and chosen is not None and chosen.months:
            yield mark(
                f"duty.{number}",
                f"le texte ne donnait pas de rythme, tous les {chosen.months} mois ont été choisis : l’écrire au nouveau texte",
                f"the text gave no rhythm, every {chosen.months} months was chosen: write it in the new text",
            )
        if duty.meeting is not None and duty.meeting.excluded:
            yield mark(
                f"duty.{number}.meeting.excluded",
                "périodes reportées aux années suivantes : à vérifier",
                "periods carried to the following years: to be checked",
            )
    for number, one in enumerate(new.one_off):
        if one.on is not None:
            yield mark(
                f"one_off.{number}.on",
                "jour reporté d’autant : à vérifier",
                "day carried as far: to be checked",
            )
    for number, _ in enumerate(new.payment):
        yield mark(
            f"payment.{number}",
            "montant et pièces repris de la précédente : à revoir",
            "amount and documents taken from the former one: to be looked at again",
        )
    if new.parent is not None:
        yield mark(
            "parent",
            "la convention mère est-elle la même, ou celle qui la suit ? Mettre sa référence",
            "is the parent the same one, or the one that follows it? Give its reference",
        )
    yield from _questions(s, new)
    for number, clause in enumerate(new.clause):
        if _DATED.search(clause.says):
            yield mark(
                f"clause.{number}.says",
                "cette clause nomme une année : la recopier du nouveau texte",
                "this clause names a year: copy it from the new text",
            )


def _questions(s: Situation, new: Convention) -> Iterator[ReviewMark]:
    for number, question in enumerate(new.question):
        answer = s.answer(question.id)
        said = "" if answer is None else answer.reading or answer.text or (figures(answer.day) if answer.day else "")
        if said or (answer is not None and answer.months):
            said = said or f"{answer.months if answer else ''} mois"
            yield mark(
                f"question.{number}",
                f"répondu pour la précédente : {said}. Si le nouveau texte le dit, ôter la question",
                f"answered for the former one: {said}. If the new text says it, leave the question out",
            )
        else:
            yield mark(
                f"question.{number}",
                "restée ouverte : que le nouveau texte y réponde, et l’ôter",
                "left open: let the new text answer it, and leave it out",
            )


def oddities(s: Situation) -> Iterator[ReviewMark]:
    """Yield what was wrong in the former paper, so that it is not copied into the next one."""
    for remark in s.convention.remark:
        yield mark(
            "title",
            f"anomalie du texte précédent, à ne pas reprendre : {remark.text}",
            f"oddity of the former text, not to be copied: {remark.text_en}",
        )
