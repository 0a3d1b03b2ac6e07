"""The notice calculator: when to post to end on a day, and when a posted letter ends the convention.

What starts a notice is often left unsaid, and the courts differ between sender and addressee. So the
answer is a day to post by (cautious) or a range of last days in force (from the earliest reading to
the latest). Whoever *receives* a notice must rely on the earliest one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from echeancier.domain.dates.calendar import Calendar
from echeancier.domain.dates.delays import add_months, latest_trigger, notice_last_day, term_last_day
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Frozen


class EffectRange(Frozen):
    """The last day in force, when what starts the notice is contested: from the earliest reading to the latest."""

    earliest: date
    expected: date
    latest: date


Basis = Literal["sending", "receipt", "annual-due-date", "letter-date", "unstated"]
Bound = Literal["exact", "floor", "ceiling"]
Form = Literal["lrar", "lr", "unstated"]


@dataclass(frozen=True)
class NoticeTerms:
    """What a clause says of a notice.

    Attributes:
        months: its length.
        basis: what starts it: sending, receipt, counting back from the annual due date, the day
            written in the letter (not before the length has run from receipt), or nothing said.
        bound: the length is exact, a floor (« au moins ») or a ceiling (« maximum »).
        form: registered letter with receipt (lrar), registered letter (lr), or nothing said.

    Raises:
        ValueError: negative length.
    """

    months: int
    basis: Basis
    bound: Bound = "exact"
    form: Form = "lrar"

    def __post_init__(self) -> None:
        if self.months < 0:
            raise ValueError(f"Un préavis ne peut pas durer {self.months} mois.")


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


def posting_plan(end: date, n: int, calendar: Calendar) -> PostingPlan:
    """When to post a notice of n months so that `end` is the last day in force, under each reading.

    The days are those we can work (local closures excluded); transit is counted in open days.
    """
    lim = add_months(end, -n)

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
        latest_trigger=latest_trigger(end, n),
    )


_NB: Final = "\u00a0"
_ARROW: Final = " → "


def _nothing_because(
    end: date, legal: date, months: int, natural_end: date | None, effect_on: date | None
) -> str | None:
    """Why there is no letter to post for that end, None when there is one."""
    if natural_end is not None and end >= natural_end:
        return (
            f"la convention s’achève d’elle-même le {figures(natural_end)}{_NB}: "
            f"un préavis pour cette date ne changerait rien, rien à poster"
        )
    if effect_on is not None and legal < effect_on:
        return (
            f"{months} mois de préavis ne tiennent pas entre la prise d’effet du {figures(effect_on)} "
            f"et le {figures(end)}{_NB}: rien à poster pour cette date"
        )
    return None


def _advice_trace(end: date, terms: NoticeTerms, plans: PostingPlan, safe: date) -> str:
    """The reasoning behind a posting day, from the end wanted back to the post office."""
    steps = [f"{terms.months} mois avant le {figures(end)}{_ARROW}{figures(plans.lim)}"]
    if terms.basis == "annual-due-date":
        steps.insert(0, f"résiliation à l’échéance annuelle seulement, ici le {figures(end)}")
    if plans.latest_trigger > plans.lim:
        steps.append(f"la fin de mois tolérerait le {figures(plans.latest_trigger)}, tolérance à ne pas utiliser")
    steps.append(f"{_how_posting_counts(terms)}{_ARROW}à poster au plus tard le {figures(safe)}")
    if terms.basis == "letter-date" or terms.bound == "ceiling":
        steps.append(f"écrire dans la lettre que la convention prend fin le {figures(end)}")
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


def _range_trace(
    posted: date,
    terms: NoticeTerms,
    triggers: tuple[date, date, date],
    ends: list[date],
    *,
    received: bool,
    useless: bool,
) -> str:
    """The reasoning behind the end a posted letter produces, reading by reading."""
    steps = [f"postée le {figures(posted)}", f"préavis de {terms.months} mois{_bound(terms)}"]
    if terms.basis == "sending" and ends[0] == ends[2]:
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
    if terms.basis != "sending" and not received:
        steps.append("si la lettre est refusée ou n’est pas retirée, la faire signifier par commissaire de justice")
    if useless:
        steps.append("la convention s’achève d’elle-même à cette date, la lettre n’y change rien")
    return _joined(steps)


def _bound(terms: NoticeTerms) -> str:
    return {"exact": "", "floor": " au moins", "ceiling": " au maximum"}[terms.bound]


def _joined(steps: list[str]) -> str:
    return f"{_NB}; ".join(steps)


__all__ = [
    "Basis",
    "Bound",
    "Form",
    "NoticeEffect",
    "NoticeTerms",
    "PostingAdvice",
    "due_dates",
    "if_posted_on",
    "next_due_date",
    "to_end_on",
]


@dataclass(frozen=True)
class PostingAdvice:
    """When to post so that `ends_on` is the last day in force.

    Attributes:
        ends_on: the last day in force obtained; the next annual due date when only that one is allowed.
        legal_last_day: last day on which what starts the notice may happen; None when there is
            nothing to post.
        safe_day: the day to post by.
        plan: which posting plan the safe day comes from (P0 posting counts, P2 receipt counts).
        plans: the three posting days, for whoever wants to choose another.
        trace: the computation in French words.
        certainty: of `legal_last_day`.
        nothing_to_post: in French, why there is no letter to write; None when there is one.
    """

    ends_on: date
    legal_last_day: date | None
    safe_day: date | None
    plan: Literal["P0", "P2"] | None
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


def due_dates(effect_on: date, natural_end: date) -> tuple[date, ...]:
    """Every annual due date (« échéance annuelle ») of a term: the day before each anniversary."""
    found: list[date] = []
    while (due := term_last_day(effect_on, 12 * (len(found) + 1))) <= natural_end:
        found.append(due)
    return tuple(found)


def next_due_date(on_or_after: date, effect_on: date, natural_end: date | None) -> date:
    """First annual due date on or after a day, or the natural end if that comes first."""
    year = max(1, on_or_after.year - effect_on.year)
    while (due := term_last_day(effect_on, 12 * year)) < on_or_after:
        year += 1
    return due if natural_end is None else min(due, natural_end)


def to_end_on(
    end: date,
    terms: NoticeTerms,
    calendar: Calendar,
    natural_end: date | None,
    effect_on: date | None,
) -> PostingAdvice:
    """When to post a notice so that `end` is the last day in force.

    When the sending counts, or when the length is a maximum, posting by P0 is enough; otherwise P2 is
    advised: received, or served, before the limit under every reading. With an annual due date,
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
    if terms.basis == "annual-due-date":
        ends_on = next_due_date(end, _effect_of_due_dates(effect_on), natural_end)
    plans = posting_plan(ends_on, terms.months, calendar)
    # « Un mois maximum » lets the sender choose a shorter time: received on the very last day at worst.
    legal = ends_on if terms.bound == "ceiling" else plans.latest_trigger
    if reason := _nothing_because(ends_on, legal, terms.months, natural_end, effect_on):
        return PostingAdvice(ends_on, None, None, None, None, reason, Certainty.CERTAIN, reason)
    at_posting = terms.basis == "sending" or terms.bound == "ceiling"
    unsaid = terms.basis in {"annual-due-date", "unstated"} or terms.bound == "ceiling"
    safe = plans.p0 if at_posting else plans.p2
    return PostingAdvice(
        ends_on=ends_on,
        legal_last_day=legal,
        safe_day=safe,
        plan="P0" if at_posting else "P2",
        plans=plans,
        trace=_advice_trace(ends_on, terms, plans, safe),
        certainty=Certainty.CONTESTED if unsaid else Certainty.CERTAIN,
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
            (basis letter-date, floor or ceiling).

    Raises:
        ValueError: the days contradict each other, or the effect is needed and unknown (in French).
    """
    triggers = _triggers(posted, terms.basis, calendar, presented_on, delivered_on)
    ends = [_last_day(trigger, terms, letter_date) for trigger in triggers]
    if terms.bound == "ceiling" and letter_date is None:
        ends[0] = triggers[0]  # the sender may cut off from receipt
    if terms.basis == "annual-due-date":
        effect = _effect_of_due_dates(effect_on)
        ends = [next_due_date(end, effect, None) for end in ends]
    shown = [end if natural_end is None else min(end, natural_end) for end in ends]
    useless = natural_end is not None and ends[0] >= natural_end
    return NoticeEffect(
        earliest=shown[0],
        expected=shown[1],
        latest=shown[2],
        trace=_range_trace(posted, terms, triggers, shown, received=delivered_on is not None, useless=useless),
        certainty=Certainty.CERTAIN if shown[0] == shown[2] else Certainty.CONTESTED,
        capped=natural_end is not None and ends[2] > natural_end,
        useless=useless,
    )


def _triggers(
    posted: date, basis: Basis, calendar: Calendar, presented_on: date | None, delivered_on: date | None
) -> tuple[date, date, date]:
    """The day the notice starts, under the earliest, the expected and the latest reading."""
    known = [day for day in (posted, presented_on, delivered_on) if day is not None]
    if known != sorted(known):
        raise ValueError("Une lettre est postée, présentée, puis remise\u00a0: ces dates se contredisent.")
    if basis == "sending":
        return posted, posted, posted
    presented = presented_on or delivered_on or presentation_day(posted, calendar)
    expected = delivered_on or presented
    latest = delivered_on or last_collection_day(presented)
    # A clause that says « réception » leaves no room for the posting date once the post has spoken.
    text_says_receipt = basis in {"receipt", "letter-date"}
    earliest = (delivered_on or presented_on or posted) if text_says_receipt else posted
    return earliest, expected, latest


def _last_day(trigger: date, terms: NoticeTerms, letter_date: date | None) -> date:
    full = notice_last_day(trigger, terms.months)
    if letter_date is None:
        return full
    if terms.bound == "ceiling":
        return min(max(letter_date, trigger), full)
    if terms.bound == "floor" or terms.basis == "letter-date":
        return max(letter_date, full)
    return full


def _effect_of_due_dates(effect_on: date | None) -> date:
    if effect_on is None:
        raise ValueError("Sans date de prise d’effet, l’échéance annuelle ne peut pas être calculée.")
    return effect_on
