"""The notice calculator: when to post to end on a day, and when a posted letter ends the convention.

What starts a notice is often left unsaid, and the courts differ between sender and addressee. So the
answer is a day to post by (cautious) or a range of last days in force (from the earliest reading to
the latest). Whoever *receives* a notice must rely on the earliest one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, takewhile
from typing import Final, Literal

from echeancier.domain.dates.calendar import SCHOOL_YEAR_ENDS, Calendar, day_of_year
from echeancier.domain.dates.delay import Delay, latest, minus, plus
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.delays import add_months, term_last_day
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Frozen, Text


class EffectRange(Frozen):
    """The last day in force, when what starts the notice is contested: from the earliest reading to the latest."""

    earliest: date
    expected: date
    latest: date


Starts = Literal["sending", "receipt", "first-presentation", "letter-date", "unstated"]
Until = Literal["any-day", "anniversary", "civil-year-end", "school-year-end", "period-end", "month-end", "day", "term"]
Form = Literal["lrar", "lr", "unstated"]


@dataclass(frozen=True)
class NoticeTerms:
    """What a clause says of a notice: what starts it, and what it counts back to, are two things.

    Attributes:
        length: its length, exact, a minimum (« au moins ») or a maximum; None where ``last_day`` is named instead.
        starts: sending, receipt, first presentation, the day written in the letter (not before the length has run from
            receipt), or nothing said.
        until: the days on which it may end the convention; ``any-day`` for no such day.
        on: month and day, for ``day``; for ``school-year-end``, 31 August unless given.
        months: the length of a period, for ``period-end``.
        last_day: month and day by which it must start, for the next day it may end on.
        ends: the ends of a term that renews itself, earliest first, for ``term``.
        opens: the first day on which the clause lets it be posted, None where it always does.
        closes: the last day on which it does, None where it goes on.
        waits_for: the event without which it cannot be posted at all, while nobody recorded it; empty otherwise.
        form: registered letter with receipt (lrar), registered letter (lr), or nothing said.
    """

    length: Delay | None
    starts: Starts
    until: Until = "any-day"
    on: tuple[int, int] | None = None
    months: int | None = None
    last_day: tuple[int, int] | None = None
    ends: Iterable[date] = ()
    opens: date | None = None
    closes: date | None = None
    waits_for: str = ""
    form: Form = "lrar"

    @property
    def at_most(self) -> bool:
        """Whether the length is a maximum: the sender may choose a shorter time."""
        return self.length is not None and self.length.bound == "at_most"

    def latest_start(self, end: date, calendar: Calendar) -> date:
        """Return the legal maximum: the latest day whose notice still ends it on ``end``."""
        if self.length is not None:
            return latest(end, self.length, calendar)
        month, day = self.last_day or (12, 31)
        named = day_of_year(end.year, month, day)
        return named if named <= end else day_of_year(end.year - 1, month, day)

    def plain_start(self, end: date, calendar: Calendar) -> date:
        """Return the plain subtraction from ``end``."""
        return self.latest_start(end, calendar) if self.length is None else minus(end, self.length, calendar)

    def not_on(self, posted: date) -> Text | None:
        """Return why the clause does not let a letter be posted that day, None where it does."""
        if self.waits_for:
            return Text(
                fr=f"la clause ne permet de l’envoyer qu’après « {self.waits_for} », qui n’est pas enregistré",
                en=f"the clause lets it be posted only after “{self.waits_for}”, which is not recorded",
            )
        if self.opens is not None and posted < self.opens:
            return Text(
                fr=f"la clause ne permet de l’envoyer qu’à partir du {figures(self.opens)}",
                en=f"the clause lets it be posted from {self.opens} on",
            )
        if self.closes is not None and posted > self.closes:
            return Text(
                fr=f"la clause ne permettait de l’envoyer que jusqu’au {figures(self.closes)}",
                en=f"the clause let it be posted until {self.closes} only",
            )
        return None

    def in_words(self) -> str:
        """Return the length as a French reader writes it."""
        if self.length is not None:
            return delay_in_words(self.length)
        month, day = self.last_day or (12, 31)
        return f"au plus tard le {day:02}/{month:02}"


TRANSIT_OPEN_DAYS: Final = 3
COUNTER_DAYS: Final = 15
SERVICE_OPEN_DAYS: Final = 5


@dataclass(frozen=True)
class PostingPlan:
    """The last days to post a notice, by what is held to count; always p2 <= p1 <= p0 <= lim.

    Attributes:
        p0: posting counts.
        p1: first presentation counts.
        p2: receipt counts, with time to have an unclaimed letter served before the limit.
        lim: plain subtraction of the notice from the last day in force.
        latest_trigger: legal maximum, at or after `lim` (month-end bonus, never used).
    """

    p0: date
    p1: date
    p2: date
    lim: date
    latest_trigger: date


def presentation_day(posted: date, calendar: Calendar) -> date:
    """The day a letter posted that day is normally presented for the first time."""
    return calendar.add_open(posted, TRANSIT_OPEN_DAYS)


def last_collection_day(presented: date) -> date:
    """The last day an absent addressee may still collect the letter from the post office."""
    return presented + timedelta(days=COUNTER_DAYS)


def served_day(posted: date, calendar: Calendar) -> date:
    """The day by which even a letter never collected has been served, for one posted that day."""
    unclaimed = last_collection_day(presentation_day(posted, calendar))
    return calendar.add_open(unclaimed, SERVICE_OPEN_DAYS)


def posting_plan(end: date, terms: NoticeTerms, calendar: Calendar) -> PostingPlan:
    """When to post a notice so that ``end`` is the last day in force, under each reading.

    The days are those we can work (local closures excluded); transit is counted in open days.
    """
    legal = terms.latest_start(end, calendar)
    lim = min(legal, terms.plain_start(end, calendar))

    def latest_post(arrives: Callable[[date, Calendar], date], at_least: int) -> date:
        posted = calendar.prev_workable(lim - timedelta(days=at_least))
        while arrives(posted, calendar) > lim:
            posted = calendar.prev_workable(posted - timedelta(days=1))
        return posted

    return PostingPlan(
        p0=calendar.prev_workable(lim),
        p1=latest_post(presentation_day, TRANSIT_OPEN_DAYS),
        p2=latest_post(served_day, TRANSIT_OPEN_DAYS + COUNTER_DAYS + SERVICE_OPEN_DAYS),
        lim=lim,
        latest_trigger=legal,
    )


_NB: Final = "\u00a0"
_ARROW: Final = " → "


def _nothing_because(
    end: date, legal: date, terms: NoticeTerms, natural_end: date | None, effect_on: date | None
) -> str | None:
    """Why there is no letter to post for that end, None when there is one."""
    if natural_end is not None and end >= natural_end:
        return (
            f"la convention s’achève d’elle-même le {figures(natural_end)}{_NB}: "
            f"un préavis pour cette date ne changerait rien, rien à poster"
        )
    if effect_on is not None and legal < effect_on:
        return (
            f"un préavis {_of(terms)} ne tient pas entre la prise d’effet du {figures(effect_on)} "
            f"et le {figures(end)}{_NB}: rien à poster pour cette date"
        )
    if terms.waits_for:
        return f"la clause ne permet de l’envoyer qu’après « {terms.waits_for} », qui n’est pas enregistré{_NB}: rien à poster"
    if terms.opens is not None and legal < terms.opens:
        return (
            f"la clause ne permet de l’envoyer qu’à partir du {figures(terms.opens)}, trop tard pour finir le {figures(end)}"
            f"{_NB}: rien à poster pour cette date"
        )
    return None


def _of(terms: NoticeTerms) -> str:
    """Return « de 3 mois », « d’au moins 3 mois », « à donner au plus tard le 15/05 »."""
    words = terms.in_words()
    if terms.length is None:
        return f"à donner {words}"
    return f"d’{words}" if words[0] in "ae" else f"de {words}"


def _advice_trace(end: date, terms: NoticeTerms, plans: PostingPlan, safe: date) -> str:
    """The reasoning behind a posting day, from the end wanted back to the post office."""
    before = "" if terms.length is None else f"{terms.in_words()} avant le "
    steps = [f"{before or 'dernier jour nommé pour finir le '}{figures(end)}{_ARROW}{figures(plans.lim)}"]
    if terms.until != "any-day":
        steps.insert(0, f"résiliation {_ONLY_ON[terms.until]} seulement, ici le {figures(end)}")
    if plans.latest_trigger > plans.lim:
        by_month = terms.length is not None and (terms.length.months or terms.length.years)
        why = "la fin de mois" if by_month else "un jour chômé"
        steps.append(f"{why} tolérerait le {figures(plans.latest_trigger)}, tolérance à ne pas utiliser")
    steps.append(f"{_how_posting_counts(terms)}{_ARROW}à poster au plus tard le {figures(safe)}")
    if terms.starts == "letter-date" or terms.at_most:
        steps.append(f"écrire dans la lettre que la convention prend fin le {figures(end)}")
    if terms.form == "unstated":
        steps.append("la clause n’impose aucune forme, lettre recommandée avec avis de réception conseillée")
    elif terms.form == "lr":
        steps.append("la clause n’exige pas d’avis de réception, en demander un pour la preuve")
    return _joined(steps)


_ONLY_ON: Final = {
    "anniversary": "à l’échéance annuelle",
    "civil-year-end": "au 31 décembre",
    "school-year-end": "à la fin de l’année scolaire",
    "period-end": "à la fin d’une période",
    "month-end": "à la fin d’un mois",
    "day": "au jour nommé par le texte",
    "term": "au terme d’une période",
}


def _plan_of(terms: NoticeTerms) -> Literal["P0", "P1", "P2"]:
    if terms.at_most or terms.starts == "sending":
        return "P0"
    return "P1" if terms.starts == "first-presentation" else "P2"


def _how_posting_counts(terms: NoticeTerms) -> str:
    if terms.at_most:
        return "durée maximale et non minimale, plan postal P0"
    return {
        "sending": "la date d’envoi compte, plan postal P0",
        "first-presentation": "la première présentation compte, délai postal P1",
        "receipt": "la date de réception compte, délai postal P2",
        "letter-date": "la date de réception compte, délai postal P2",
        "unstated": "point de départ non précisé, réception supposée, délai postal P2",
    }[terms.starts]


def _range_trace(
    posted: date,
    terms: NoticeTerms,
    triggers: tuple[date, date, date],
    ends: list[date],
    *,
    received: bool,
    useless: bool,
    letter_ignored: bool,
) -> str:
    """The reasoning behind the end a posted letter produces, reading by reading."""
    steps = [f"postée le {figures(posted)}", f"préavis {_of(terms)}"]
    if terms.until != "any-day":
        steps.append(f"pour finir {_ONLY_ON[terms.until]} seulement")
    if letter_ignored:
        steps.append("le jour écrit dans la lettre n’y change rien")
    if terms.starts == "sending" and ends[0] == ends[2]:
        steps.append(f"la date d’envoi compte{_ARROW}dernier jour le {figures(ends[1])}")
    elif ends[0] == ends[2]:
        steps.append(f"toutes les lectures concordent{_ARROW}dernier jour le {figures(ends[1])}")
    else:
        steps += [
            f"au plus tôt, départ le {figures(triggers[0])}{_ARROW}{figures(ends[0])}",
            f"attendu, départ le {figures(triggers[1])}{_ARROW}{figures(ends[1])}",
            f"au plus tard, départ le {figures(triggers[2])}{_ARROW}{figures(ends[2])}",
            "le destinataire doit se fier à la date la plus proche",
        ]
    if terms.starts != "sending" and not received:
        steps.append("si la lettre est refusée ou n’est pas retirée, la faire signifier par commissaire de justice")
    if useless:
        steps.append("la convention s’achève d’elle-même à cette date, la lettre n’y change rien")
    return _joined(steps)


def _joined(steps: list[str]) -> str:
    return f"{_NB}; ".join(steps)


__all__ = [
    "Form",
    "NoticeEffect",
    "NoticeTerms",
    "PostingAdvice",
    "Starts",
    "Until",
    "due_dates",
    "if_posted_on",
    "next_due_date",
    "to_end_on",
]


@dataclass(frozen=True)
class PostingAdvice:
    """When to post so that `ends_on` is the last day in force.

    Attributes:
        ends_on: the last day in force obtained; the next day allowed when only some are.
        legal_last_day: last day on which what starts the notice may happen; None when there is
            nothing to post.
        safe_day: the day to post by.
        plan: which posting plan the safe day comes from (P0 posting, P1 presentation, P2 receipt counts).
        plans: the three posting days, for whoever wants to choose another.
        trace: the computation in French words.
        certainty: of `legal_last_day`.
        nothing_to_post: in French, why there is no letter to write; None when there is one.
    """

    ends_on: date
    legal_last_day: date | None
    safe_day: date | None
    plan: Literal["P0", "P1", "P2"] | None
    plans: PostingPlan | None
    trace: str
    certainty: Certainty
    nothing_to_post: str | None = None


@dataclass(frozen=True)
class NoticeEffect:
    """The last day in force that a posted letter produces; all three equal when no doubt is left.

    Attributes:
        earliest: the reading that ends it soonest: the one the receiving party relies on.
        expected: normal transit, or the recorded presentation or delivery.
        latest: the letter is collected on its last day at the post office.
        trace: the computation in French words.
        certainty: certain when every reading gives the same day.
        capped: at least one reading ran past the natural end and was brought back to it.
        useless: under every reading the convention would have ended by then anyway.
    """

    earliest: date
    expected: date
    latest: date
    trace: str
    certainty: Certainty
    capped: bool
    useless: bool


def _due_days(effect_on: date, terms: NoticeTerms) -> Iterator[date]:
    """Yield the days on which a notice may end the convention, earliest first: for ever, or none for any day.

    Args:
        effect_on: first day in force.
        terms: what the clause says; ``any-day`` has no such day.
    """
    years = count(effect_on.year)
    if terms.until in ("anniversary", "period-end"):
        length = 12 if terms.until == "anniversary" else terms.months or 12
        found: Iterator[date] = (term_last_day(effect_on, length * n) for n in count(1))
    elif terms.until == "civil-year-end":
        found = (date(year, 12, 31) for year in years)
    elif terms.until == "month-end":
        found = (add_months(effect_on.replace(day=1), n + 1) - timedelta(days=1) for n in count())
    elif terms.until in ("day", "school-year-end"):
        month, day = terms.on or SCHOOL_YEAR_ENDS
        found = (day_of_year(year, month, day) for year in years)
    elif terms.until == "term":
        found = iter(terms.ends)
    else:
        found = iter(())
    return (day for day in found if day >= effect_on)


def due_dates(effect_on: date, last: date, terms: NoticeTerms) -> tuple[date, ...]:
    """Return the days up to ``last`` on which a notice may end the convention."""
    return tuple(takewhile(lambda day: day <= last, _due_days(effect_on, terms)))


def next_due_date(on_or_after: date, effect_on: date, natural_end: date | None, terms: NoticeTerms) -> date:
    """Return the first day allowed on or after a day, or the natural end if that comes first; that day where any is."""
    due = next((day for day in _due_days(effect_on, terms) if day >= on_or_after), on_or_after)
    return due if natural_end is None else min(due, natural_end)


def to_end_on(
    end: date,
    terms: NoticeTerms,
    calendar: Calendar,
    natural_end: date | None,
    effect_on: date | None,
) -> PostingAdvice:
    """When to post a notice so that `end` is the last day in force.

    When the sending counts, or when the length is a maximum, posting by P0 is enough; when the first presentation does, P1;
    otherwise P2 is advised: received, or served, before the limit under every reading. Where only some days are allowed,
    `end` is moved to the next one.

    Args:
        end: the last day in force wanted.
        terms: what the clause says.
        calendar: of the place we post from.
        natural_end: last day of the term as it stands now, None while unknown.
        effect_on: first day in force, None while unknown.

    Raises:
        ValueError: `end` precedes the effect, or the clause refers to an annual due date and the
            effect is unknown (message in French).
    """
    if effect_on is not None and end < effect_on:
        raise ValueError(f"La fin voulue ({end}) précède la prise d’effet ({effect_on}).")
    ends_on = end
    if terms.until != "any-day":
        allowed = next_due_date(end, _effect_of_due_dates(effect_on), natural_end, terms)
        if terms.until == "term" and natural_end is None and allowed not in terms.ends:
            raise ValueError("Le terme suivant n’est pas connu : dire d’abord pour combien de temps elle se reconduit.")
        ends_on = allowed
    plans = posting_plan(ends_on, terms, calendar)
    # « Un mois maximum » lets the sender choose a shorter time: received on the very last day at worst.
    legal = ends_on if terms.at_most else plans.latest_trigger
    if reason := _nothing_because(ends_on, legal, terms, natural_end, effect_on):
        return PostingAdvice(ends_on, None, None, None, None, reason, Certainty.CERTAIN, reason)
    plan = _plan_of(terms)
    safe = {"P0": plans.p0, "P1": plans.p1, "P2": plans.p2}[plan]
    if effect_on is not None and safe < effect_on <= legal:  # nobody writes before it takes effect
        worked = calendar.prev_workable(legal)
        safe = worked if worked >= effect_on else legal
    if terms.closes is not None and legal > terms.closes:
        legal, safe = terms.closes, min(safe, calendar.prev_workable(terms.closes))
    if terms.opens is not None and safe < terms.opens:  # the sooner it leaves once it may, the better
        safe = min(legal, calendar.next_workable(terms.opens))
    return PostingAdvice(
        ends_on=ends_on,
        legal_last_day=legal,
        safe_day=safe,
        plan=plan,
        plans=plans,
        trace=_advice_trace(ends_on, terms, plans, safe),
        certainty=Certainty.CONTESTED if terms.starts == "unstated" or terms.at_most else Certainty.CERTAIN,
    )


def if_posted_on(  # noqa: PLR0917 - the life of the letter, in the order it happens
    posted: date,
    terms: NoticeTerms,
    calendar: Calendar,
    natural_end: date | None,
    effect_on: date | None,
    presented_on: date | None = None,
    delivered_on: date | None = None,
    letter_date: date | None = None,
) -> NoticeEffect:
    """The last day in force produced by a letter posted that day, earliest reading to latest.

    Args:
        posted: the postmark.
        terms: what the clause says.
        calendar: of the place whose post delivers.
        natural_end: last day of the term, which caps the answer; None while unknown.
        effect_on: first day in force; needed with an annual due date.
        presented_on: first presentation, once known.
        delivered_on: delivery against signature, once known.
        letter_date: the last day written in the letter, where the clause gives it a meaning
            (starts = letter-date, at least or at most).

    Raises:
        ValueError: the days contradict each other, or the effect is needed and unknown (in French).
    """
    triggers = _triggers(posted, terms.starts, calendar, presented_on, delivered_on)
    ends = [_last_day(trigger, terms, letter_date, calendar) for trigger in triggers]
    if terms.at_most and letter_date is None:
        ends[0] = triggers[0]  # the sender may cut off from receipt
    if terms.until != "any-day":
        effect = _effect_of_due_dates(effect_on)
        ends = [_allowed(trigger, end, effect, terms, calendar) for trigger, end in zip(triggers, ends, strict=True)]
    if natural_end is None and ends[2] == date.max:
        raise ValueError("Le terme suivant n’est pas connu : dire d’abord pour combien de temps elle se reconduit.")
    shown = [end if natural_end is None else min(end, natural_end) for end in ends]
    useless = natural_end is not None and ends[0] >= natural_end
    return NoticeEffect(
        earliest=shown[0],
        expected=shown[1],
        latest=shown[2],
        trace=_range_trace(
            posted,
            terms,
            triggers,
            shown,
            received=delivered_on is not None,
            useless=useless,
            letter_ignored=letter_date is not None and not _binds(terms),
        ),
        certainty=Certainty.CERTAIN if shown[0] == shown[2] else Certainty.CONTESTED,
        capped=natural_end is not None and ends[2] > natural_end,
        useless=useless,
    )


def _triggers(
    posted: date, starts: Starts, calendar: Calendar, presented_on: date | None, delivered_on: date | None
) -> tuple[date, date, date]:
    """The day the notice starts, under the earliest, the expected and the latest reading."""
    known = [day for day in (posted, presented_on, delivered_on) if day is not None]
    if known != sorted(known):
        raise ValueError("Une lettre est postée, présentée, puis remise\u00a0: ces dates se contredisent.")
    if starts == "sending":
        return posted, posted, posted
    presented = presented_on or delivered_on or presentation_day(posted, calendar)
    if starts == "first-presentation":
        return presented_on or posted, presented, presented
    expected = delivered_on or presented
    latest_day = delivered_on or last_collection_day(presented)
    # A clause that says « réception » leaves no room for the posting date once the post has spoken.
    text_says_receipt = starts in {"receipt", "letter-date"}
    earliest = (delivered_on or presented_on or posted) if text_says_receipt else posted
    return earliest, expected, latest_day


def _last_day(trigger: date, terms: NoticeTerms, letter_date: date | None, calendar: Calendar) -> date:
    full = trigger if terms.length is None else plus(trigger, terms.length, calendar)
    if letter_date is None:
        return full
    if terms.at_most:
        return min(max(letter_date, trigger), full)
    return max(letter_date, full) if _binds(terms) else full


def _binds(terms: NoticeTerms) -> bool:
    """Whether a day written in the letter counts: the clause says so, or its length has a bound."""
    bound = None if terms.length is None else terms.length.bound
    return terms.starts == "letter-date" or bound in {"at_least", "at_most"}


def _allowed(trigger: date, end: date, effect_on: date, terms: NoticeTerms, calendar: Calendar) -> date:
    """The day a notice bites: the first allowed on or after its end; with a named last day, the first it is in time for."""
    in_time = (
        day
        for day in _due_days(effect_on, terms)
        if day >= end and (terms.length is not None or terms.latest_start(day, calendar) >= trigger)
    )
    return next(in_time, date.max)  # past the last end of a term, there is nothing left to stop


def _effect_of_due_dates(effect_on: date | None) -> date:
    if effect_on is None:
        raise ValueError("Sans date de prise d’effet, l’échéance annuelle ne peut pas être calculée.")
    return effect_on
