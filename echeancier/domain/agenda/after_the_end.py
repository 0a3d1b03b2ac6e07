"""What was written for a day that an early end leaves out: stopped with a party that leaves, or asked about where it is money."""

from datetime import date
from typing import Final

from echeancier.domain.agenda.calendar_duties import calendar_duties
from echeancier.domain.agenda.items import Item, Question, ReadingShown
from echeancier.domain.agenda.procedure import side_name
from echeancier.domain.agenda.recurring import recurring
from echeancier.domain.dates.proof import END, Proof, given
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Text
from echeancier.domain.standing.item_keys import series_of, within_series
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.money import Payment

STILL_DUE, NO_LONGER_DUE = "still-due", "no-longer-due"
"""Whether money of a day after an early end is still due: the readings of the question; the first one is shown meanwhile."""


def early_end(s: Situation) -> date | None:
    """Return the last day in force, where it comes before the one first agreed; None otherwise, or while it may be prevented."""
    if s.ends_on is None or s.end_is_conditional:
        return None
    shortened = s.first_end is not None and s.ends_on < s.first_end
    return s.ends_on if s.ended_early or shortened else None


def end_that_may_be_prevented(s: Situation) -> date | None:
    """Return the last day in force that an early end gives while there is still time to prevent it; None otherwise."""
    if s.ends_on is None or not s.end_is_conditional:
        return None
    return s.ends_on if s.ended_early else None


def is_left_out(s: Situation, day: date | None) -> bool:
    """Whether a day written in the text comes after an early end."""
    end = early_end(s)
    return day is not None and end is not None and day > end


def end_named(s: Situation) -> str:
    """Return what ends, as a proof says it: the convention, or one party's part in it."""
    return f"{side_name(s, s.leaver)} sort de la convention" if s.leaver else "la convention finit"


def left_out(s: Situation, then: str = "") -> Proof:
    """Return the words that cancel a day: what ends before it, and when."""
    end = early_end(s)
    assert end is not None  # noqa: S101 - only what an early end leaves out is cancelled
    return (given(end, END, f" ; {then or 'annulé'} : {end_named(s)} avant, le {{}}"),)


def will_not_exist(s: Situation, need: str) -> bool:
    """Whether one time of a duty, as a payment needs it, is left out by an early end."""
    if early_end(s) is None or not within_series(need) or series_of(need) not in {one.id for one in s.convention.duty}:
        return False
    times = s.computed_once("times-owed", "", s, lambda: _times(s))
    return not any(f"{key}/".startswith(f"{need}/") for key in times)


def _times(s: Situation) -> tuple[str, ...]:
    return tuple(one.key for made in (recurring, calendar_duties) for one in made(s) if isinstance(one, Item))


def never(s: Situation, what: str) -> Text:
    """Return the words that tell, of what a payment waits for, that it will not come."""
    end = early_end(s)
    assert end is not None  # noqa: S101 - only an early end leaves anything out
    who = f"{side_name(s, s.leaver, 'en')} leaves" if s.leaver else "the convention ends"
    return Text(
        fr=f"{what} n’existera pas : {end_named(s)} le {figures(end)}", en=f"{what} will not exist: {who} on {end}"
    )


def still_due(s: Situation, payment: Payment) -> str | None:
    """Return what is known of money of a day after the end, by the exit of its party or by an answer; None while it is asked."""
    if s.leaver:
        return NO_LONGER_DUE
    answer = s.answer(_question_id(payment.id))
    return answer.reading if answer is not None else None


def due_after_end_asked(s: Situation, payment: Payment) -> Question:
    """Ask whether money of a day after an early end is still due: the text does not say."""
    end, answer = early_end(s), s.answer(_question_id(payment.id))
    assert end is not None  # noqa: S101 - only what an early end leaves out is asked about
    return Question(
        id=_question_id(payment.id), kind="contested", answer="reading", ask=s.convention.coordinator, prudent=STILL_DUE,
        readings=tuple(ReadingShown(id=one, says=says, changes=changes) for one, (says, changes) in _SAID.items()),
        about=Text(
            fr=f"« {payment.title} » : la convention finit le {figures(end)}, plus tôt que prévu. Ce qui était à payer après ce "
            "jour est-il encore dû ? Le texte ne le dit pas.",
            en=f"“{payment.title_en}”: the convention ends on {end}, earlier than planned. Is what was to be paid after that day "
            "still due? The text does not say.",
        ),
        clause=s.clause(payment.clauses), answered=answer.reading if answer is not None else None,
    )  # fmt: skip


def _question_id(payment: str) -> str:
    return f"owed-after-end/{payment}"


_SAID: Final = {
    STILL_DUE: (
        Text(fr="encore dû", en="still due"),
        Text(fr="le jour écrit au texte reste", en="the day of the text stands"),
    ),
    NO_LONGER_DUE: (
        Text(fr="plus dû", en="no longer due"),
        Text(fr="le versement est annulé", en="the payment is cancelled"),
    ),
}
