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
from typing import Final, Literal, NamedTuple

from echeancier.domain.dates.calendar import SCHOOL_YEAR_ENDS, Calendar, day_of_year
from echeancier.domain.dates.delay import Delay, latest, minus
from echeancier.domain.dates.delay import plus as delay_plus
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.delays import add_months, term_last_day
from echeancier.domain.dates.proof import (
    END,
    LAW,
    LETTER,
    POLICY,
    WANTED,
    Operand,
    Proof,
    Step,
    earliest,
    given,
    kept,
    last_of,
    note,
    plus,
    sentence,
    worked,
)
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
Plan = Literal["P0", "P1", "P2"]


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
        waits_for: the event without which it cannot be posted at all, while nobody recorded it, in words.
        form: registered letter with receipt (lrar), registered letter (lr), or nothing said.
        source: the id of the clause that says all this.
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
    waits_for: Text | None = None
    form: Form = "lrar"
    source: str = LAW

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
        if self.waits_for is not None:
            return Text(
                fr=f"la clause ne permet de l’envoyer qu’après {self.waits_for.fr}, qui n’est pas enregistré",
                en=f"the clause lets it be posted only after {self.waits_for.en}, which is not recorded",
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
        lim: the day that may be relied on, the first of the two below.
        plain: plain subtraction of the notice from the last day in force.
        latest_trigger: legal maximum, at or after `lim` (month-end bonus, never used).
    """

    p0: date
    p1: date
    p2: date
    lim: date
    plain: date
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
    legal, plain = terms.latest_start(end, calendar), terms.plain_start(end, calendar)
    lim = min(legal, plain)

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
        plain=plain,
        latest_trigger=legal,
    )


_NB: Final = "\u00a0"


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


def _advice_proof(end: date, terms: NoticeTerms, plans: PostingPlan, legal: date, safe: Proof) -> Proof:
    """The way from the end wanted back to the post office.

    Args:
        end: the last day in force obtained.
        terms: what the clause says.
        plans: the posting days.
        legal: the last day of the clause.
        safe: how the day to post by follows from them.
    """
    parts: list[Proof] = []
    begun: Proof = (given(end, WANTED, ""), *_counted_back(end, terms, plans))
    if terms.until != "any-day":
        parts.append((note(f"résiliation {_ONLY_ON[terms.until]} seulement, ici le "), kept(end, "{}")))
    before = "dernier jour nommé pour finir le " if terms.length is None else f"{terms.in_words()} avant le "
    parts.append((note(before), kept(end, "{}"), kept(plans.lim, " → {}")))
    if plans.latest_trigger > plans.lim:
        by_month = terms.length is not None and (terms.length.months or terms.length.years)
        why = "la fin de mois" if by_month else "un jour chômé"
        parts.append((kept(plans.latest_trigger, f"{why} tolérerait le {{}}, tolérance à ne pas utiliser"),))
    limit = (
        kept(legal, gives="legal") if legal in (end, plans.latest_trigger) else given(legal, terms.source, "", "legal")
    )
    parts.append((note(_how_posting_counts(terms)), limit, *safe))
    if terms.starts == "letter-date" or terms.at_most:
        parts.append((kept(end, "écrire dans la lettre que la convention prend fin le {}"),))
    if terms.form == "unstated":
        parts.append((note("la clause n’impose aucune forme, lettre recommandée avec avis de réception conseillée"),))
    elif terms.form == "lr":
        parts.append((note("la clause n’exige pas d’avis de réception, en demander un pour la preuve"),))
    return *begun, *_joined(parts)


def _counted_back(end: date, terms: NoticeTerms, plans: PostingPlan) -> Proof:
    """The legal maximum and the plain subtraction, of which the first counts; or the day the clause names."""
    if terms.length is None:
        return (given(plans.lim, terms.source, ""),)
    taken = Operand(end), Operand(terms.length, terms.source)
    return (
        Step("latest", taken, plans.latest_trigger),
        Step("minus", taken, plans.plain),
        earliest((plans.latest_trigger, plans.plain)),
    )


def _post_by(plan: Plan, plans: PostingPlan) -> Proof:
    """The day to post by, before anything of the clause moves it."""
    if plan == "P0":
        return (worked("prev_workable", plans.lim, plans.p0),)
    reached = Operand(plans.lim), Operand(1 if plan == "P1" else 2, POLICY)
    return (Step("posted_by", reached, plans.p1 if plan == "P1" else plans.p2, gives="safe"),)


_ONLY_ON: Final = {
    "anniversary": "à l’échéance annuelle",
    "civil-year-end": "au 31 décembre",
    "school-year-end": "à la fin de l’année scolaire",
    "period-end": "à la fin d’une période",
    "month-end": "à la fin d’un mois",
    "day": "au jour nommé par le texte",
    "term": "au terme d’une période",
}


def _plan_of(terms: NoticeTerms) -> Plan:
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


def _readings_said(
    terms: NoticeTerms,
    triggers: tuple[date, date, date],
    ends: list[date],
    *,
    received: bool,
    useless: bool,
    letter_ignored: bool,
) -> Iterator[Proof]:
    """The end a posted letter produces in words, reading by reading."""
    yield (note(f"préavis {_of(terms)}"),)
    if terms.until != "any-day":
        yield (note(f"pour finir {_ONLY_ON[terms.until]} seulement"),)
    if letter_ignored:
        yield (note("le jour écrit dans la lettre n’y change rien"),)
    if terms.starts == "sending" and ends[0] == ends[2]:
        yield (kept(ends[1], "la date d’envoi compte → dernier jour le {}"),)
    elif ends[0] == ends[2]:
        yield (kept(ends[1], "toutes les lectures concordent → dernier jour le {}"),)
    else:
        for when, trigger, end in zip(("au plus tôt", "attendu", "au plus tard"), triggers, ends, strict=True):
            yield kept(trigger, f"{when}, départ le {{}}"), kept(end, " → {}")
        yield (note("le destinataire doit se fier à la date la plus proche"),)
    if terms.starts != "sending" and not received:
        yield (note("si la lettre est refusée ou n’est pas retirée, la faire signifier par commissaire de justice"),)
    if useless:
        yield (note("la convention s’achève d’elle-même à cette date, la lettre n’y change rien"),)


def _joined(parts: Iterable[Proof]) -> Proof:
    """The parts of a proof, each told after the other."""
    found: list[Step] = []
    for part in parts:
        found += [note(f"{_NB}; "), *part] if found else part
    return tuple(found)


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
        proof: the steps that give it.
        certainty: of `legal_last_day`.
        nothing_to_post: in French, why there is no letter to write; None when there is one.
    """

    ends_on: date
    legal_last_day: date | None
    safe_day: date | None
    plan: Plan | None
    plans: PostingPlan | None
    proof: Proof
    certainty: Certainty
    nothing_to_post: str | None = None

    @property
    def trace(self) -> str:
        """The proof in one French sentence."""
        return sentence(self.proof)


@dataclass(frozen=True)
class NoticeEffect:
    """The last day in force that a posted letter produces; all three equal when no doubt is left.

    Attributes:
        earliest: the reading that ends it soonest: the one the receiving party relies on.
        expected: normal transit, or the recorded presentation or delivery.
        latest: the letter is collected on its last day at the post office.
        proof: the steps that give it.
        certainty: certain when every reading gives the same day.
        capped: at least one reading ran past the natural end and was brought back to it.
        useless: under every reading the convention would have ended by then anyway.
    """

    earliest: date
    expected: date
    latest: date
    proof: Proof
    certainty: Certainty
    capped: bool
    useless: bool

    @property
    def trace(self) -> str:
        """The proof in one French sentence."""
        return sentence(self.proof)


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
        return PostingAdvice(ends_on, None, None, None, None, (note(reason),), Certainty.CERTAIN, reason)
    plan = _plan_of(terms)
    safe, moved = {"P0": plans.p0, "P1": plans.p1, "P2": plans.p2}[plan], _post_by(plan, plans)
    if effect_on is not None and safe < effect_on <= legal:  # nobody writes before it takes effect
        open_day = calendar.prev_workable(legal)
        safe = open_day if open_day >= effect_on else legal
        moved = *moved, worked("prev_workable", legal, open_day, gives="")
    if terms.closes is not None and legal > terms.closes:
        legal, until = terms.closes, calendar.prev_workable(terms.closes)
        moved = (
            *moved,
            given(legal, terms.source, ""),
            worked("prev_workable", legal, until, gives=""),
            earliest((safe, until)),
        )
        safe = min(safe, until)
    if terms.opens is not None and safe < terms.opens:  # the sooner it leaves once it may, the better
        from_there = calendar.next_workable(terms.opens)
        moved = *moved, given(terms.opens, terms.source, ""), worked("next_workable", terms.opens, from_there, gives="")
        moved = *moved, earliest((legal, from_there))
        safe = min(legal, from_there)
    return PostingAdvice(
        ends_on=ends_on,
        legal_last_day=legal,
        safe_day=safe,
        plan=plan,
        plans=plans,
        proof=_advice_proof(
            ends_on, terms, plans, legal, (*moved, kept(safe, " → à poster au plus tard le {}", "safe"))
        ),
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
    bounds, cut_off = _Bounds(calendar, effect_on, natural_end), terms.at_most and letter_date is None
    readings = [
        _reading(triggers[0], terms, letter_date, bounds, at_once=cut_off),  # the sender may cut off from receipt
        *(_reading(trigger, terms, letter_date, bounds) for trigger in triggers[1:]),
    ]
    ends = [reading.end for reading in readings]
    if natural_end is None and ends[2] == date.max:
        raise ValueError("Le terme suivant n’est pas connu : dire d’abord pour combien de temps elle se reconduit.")
    shown = [end if natural_end is None else min(end, natural_end) for end in ends]
    useless = natural_end is not None and ends[0] >= natural_end
    arrived = presented_on or delivered_on or presentation_day(posted, calendar)
    known = tuple(day for day in (posted, presented_on, delivered_on) if day is not None)
    said = _readings_said(
        terms, triggers, shown, received=delivered_on is not None, useless=useless,
        letter_ignored=letter_date is not None and not _binds(terms),
    )  # fmt: skip
    sums = [step for reading in readings for step in reading.proof]
    return NoticeEffect(
        earliest=shown[0],
        expected=shown[1],
        latest=shown[2],
        proof=(
            *_on_its_way(posted, arrived, known),
            *sums,
            *_joined([(given(posted, LETTER, "postée le {}"),), *said]),
        ),
        certainty=Certainty.CERTAIN if shown[0] == shown[2] else Certainty.CONTESTED,
        capped=natural_end is not None and ends[2] > natural_end,
        useless=useless,
    )


class _Bounds(NamedTuple):
    """Where a notice runs: the days of the place, between the effect and the natural end as far as they are known."""

    calendar: Calendar
    effect_on: date | None
    natural_end: date | None


class _Reading(NamedTuple):
    """The end that one day on which the notice starts leads to, before the natural end caps it, and its sum."""

    end: date
    proof: Proof


def _on_its_way(posted: date, arrived: date, known: tuple[date, ...]) -> Proof:
    """The days on which a notice may start: posted, presented, delivered, as recorded or as the post is used to."""
    days = [given(day, LETTER, "") for day in known]
    usual = () if arrived in known else (plus(posted, Delay(open_days=TRANSIT_OPEN_DAYS), POLICY, arrived, ""),)
    collected = plus(arrived, Delay(days=COUNTER_DAYS), LAW, last_collection_day(arrived), "")
    return *days, *usual, collected


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


def _reading(
    trigger: date,
    terms: NoticeTerms,
    letter_date: date | None,
    bounds: _Bounds,
    *,
    at_once: bool = False,
) -> _Reading:
    """The end that a notice started on a day leads to; ``at_once``: the sender cuts off from that day."""
    full = trigger
    proof: Proof = ()
    if terms.length is not None and not at_once:
        full = delay_plus(trigger, terms.length, bounds.calendar)
        proof = (plus(trigger, terms.length, terms.source, full, ""),)
    written = None if letter_date is None else given(letter_date, LETTER, "")
    end = full
    if letter_date is not None and written is not None and terms.at_most:
        end = min(max(letter_date, trigger), full)
        proof = *proof, written, last_of((letter_date, trigger)), earliest((max(letter_date, trigger), full))
    elif letter_date is not None and written is not None and _binds(terms):
        end = max(letter_date, full)
        proof = *proof, written, last_of((letter_date, full))
    if terms.until != "any-day":
        end = _allowed(trigger, end, _effect_of_due_dates(bounds.effect_on), terms, bounds.calendar)
        proof = *proof, given(end, terms.source, "")
    if bounds.natural_end is not None and end > bounds.natural_end:
        proof = *proof, given(bounds.natural_end, END, ""), earliest((end, bounds.natural_end))
    return _Reading(end, proof)


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
