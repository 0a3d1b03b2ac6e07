"""The proof of a date: the steps that give it, each with what it takes and what it gives, and the sentence they make.

Whoever doubts a date can do the sum again from its steps alone: every operand names the clause, the recorded fact or the choice
of ours it comes from, or is the result of a step before. The sentence takes its days and delays from the steps.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeVar, cast

from echeancier.domain.dates.calendar import Calendar
from echeancier.domain.dates.delay import Days, Delay, other_way
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.first_term import TermLength
from echeancier.domain.dates.words import figures, moment

Operation = Literal[
    "given", "plus", "minus", "months", "latest", "exceeded", "term", "instant_plus", "instant_minus",
    "prev_workable", "next_workable", "prev_open", "next_open", "day_of", "earliest", "last_of", "posted_by", "note",
]  # fmt: skip
"""What a step does; a closed list.

``given``: takes a day as it is said. ``plus``: the last day of a delay that a day starts, itself not counted. ``minus``: plain
subtraction. ``months``: the same day number so many months later. ``latest``: the latest day whose delay still runs out on a
day. ``exceeded``: a threshold. ``term``: the last day of a first term. ``instant_plus``, ``instant_minus``: real hours, or
hours of the house. ``prev_…``, ``next_…``: the day itself where it is open or worked, else the nearest one. ``day_of``: the
local day of an instant. ``earliest``, ``last_of``: of several days.
``posted_by``: the last day worked on which a letter presented after three open days (1), or one served after those, fifteen
days at the post office and five open days (2), is in time. ``note``: words only.
"""

Gives = Literal["", "legal", "safe", "instant"]
"""Which printed day of an item the result of a step is."""

Value = date | datetime | Delay | TermLength | int

ONE_DAY: Final = Delay(days=1)
"""From a day to its morrow, or its eve."""

WANTED: Final = "wanted"
"""The source of an end that somebody asks about, or that is planned for: one of those the terms allow."""

POLICY: Final = "policy"
"""The source of what is a choice of ours."""
LAW: Final = "law"
"""The source of what the law says; the rule of the item names it."""

VOTE, SIGNED, EFFECT, OPERATIONAL, END = "vote", "signatures", "effect", "operational", "end"
"""The sources of the days of the convention's own life: recorded, or proved by what they follow from."""

LETTER: Final = "letter"
"""The source of what was recorded of a letter: posted, presented, delivered, the day written in it."""


class Operand(NamedTuple):
    """What a step takes.

    Attributes:
        value: a local day, an aware instant, a delay, a length, or a number.
        source: the id of the clause, the question or the recorded fact it comes from, the name of what was recorded, `POLICY` or
            `LAW`; empty for the result of a step before.
    """

    value: Value
    source: str = ""


class Step(NamedTuple):
    """One step.

    Attributes:
        operation: what it does.
        operands: what it takes, in the order of the operation.
        result: the day or instant it gives; None for a note.
        says: its words in French, with ``{o0}``, ``{o1}`` for the operands and ``{}`` for the result; empty where it goes unsaid.
        gives: which printed day its result is.
    """

    operation: Operation
    operands: tuple[Operand, ...]
    result: date | datetime | None
    says: str = ""
    gives: Gives = ""

    @property
    def words(self) -> str:
        """Return what it says, its days in figures."""
        if not self.says:
            return ""
        shown = [] if self.result is None else [_shown(self.result)]
        taken = {f"o{number}": _shown(operand.value) for number, operand in enumerate(self.operands)}
        return self.says.format(*shown, **taken)


Proof = tuple[Step, ...]
"""The steps of a date, in their order."""

_Maker = TypeVar("_Maker", bound=Callable[..., Step])


def _remembered(make: _Maker) -> _Maker:
    """An agenda makes five hundred steps, and makes most of them again each time it is computed."""
    return cast("_Maker", lru_cache(maxsize=16384)(make))


def sentence(proof: Proof) -> str:
    """Return the proof in one French sentence."""
    return "".join(step.words for step in proof)


def day_given(proof: Proof, name: Gives) -> date | None:
    """Return the printed day of a name as the steps give it, the last of them; None where none does."""
    found = next((step.result for step in reversed(proof) if step.gives == name), None)
    return found.date() if isinstance(found, datetime) else found


def without_words(proof: Proof) -> Proof:
    """Return the sums of a proof alone, for one that says them otherwise."""
    return tuple(step._replace(says="") for step in proof if step.operation != "note")


def without_safe(proof: Proof) -> Proof:
    """Return a proof of which no day is one for us to act by: the delay of somebody else."""
    return tuple(step._replace(gives="") if step.gives == "safe" else step for step in proof)


def sums_alone(proof: Proof) -> Proof:
    """Return the sums of the proof of another thing, for one that is counted from its day: none of its days is printed here."""
    return tuple(step._replace(gives="") for step in without_words(proof))


@_remembered
def note(words: str) -> Step:
    """Return words without a sum: what is awaited, or how a text is read."""
    return Step("note", (), None, literally(words))


def literally(words: str) -> str:
    """Return words of the paper as they stand in those of a step, where braces name a day."""
    return words.replace("{", "{{").replace("}", "}}")


def cited(clauses: tuple[str, ...]) -> str:
    """Return the source of what some clauses say: the first of them; the law where none is cited."""
    return clauses[0] if clauses else LAW


@_remembered
def given(day: date, source: str, says: str = "{}", gives: Gives = "") -> Step:
    """Return a day that is taken as it is said."""
    return Step("given", (Operand(day, source),), day, says, gives)


def plus(  # noqa: PLR0917 - a sum and its words
    start: date, delay: Delay, source: str, result: date, says: str = " + {o1} → {}", gives: Gives = ""
) -> Step:
    """Return a delay counted forward from a day of the steps before."""
    return Step("plus", (Operand(start), Operand(delay, source)), result, says, gives)


@_remembered
def months(  # noqa: PLR0917 - a sum and its words
    start: date, number: int, source: str, result: date, says: str = "", gives: Gives = ""
) -> Step:
    """Return the same day number so many months after a day of the steps before, the last of the month where there is none."""
    return Step("months", (Operand(start), Operand(number, source)), result, says, gives)


@_remembered
def eve(day: date, says: str = "", gives: Gives = "", source: str = LAW) -> Step:
    """Return the day before a day of the steps before: the last one of what that day does not belong to; or our caution."""
    return Step("minus", (Operand(day), Operand(ONE_DAY, source)), day - timedelta(days=1), says, gives)


@_remembered
def kept(day: date, says: str = "", gives: Gives = "") -> Step:
    """Return a day of the steps before once more, under its name or with its words."""
    return earliest((day,), says, gives)


def last_of(days: tuple[date, ...], says: str = "", gives: Gives = "") -> Step:
    """Return the last of several days of the steps before."""
    return Step("last_of", tuple(Operand(day) for day in days), max(days), says, gives)


def earliest(days: tuple[date, ...], says: str = "", gives: Gives = "") -> Step:
    """Return the first of several days of the steps before."""
    return Step("earliest", tuple(Operand(day) for day in days), min(days), says, gives)


@_remembered
def worked(operation: Operation, day: date, result: date, says: str = "", gives: Gives = "safe") -> Step:
    """Return a day of the steps before, moved to an open or worked one."""
    return Step(operation, (Operand(day),), result, says, gives)


def counted_after(start: date, delay: Delay, days: Days, source: str) -> Proof:
    """Return how a delay counted forward gave its days, and the reading that is not kept beside it.

    Args:
        start: the result of the step before.
        delay: as the text says it.
        days: what it gave.
        source: the clause that says it.
    """
    if days.legal is None or days.safe is None:
        return _not_before(start, delay, days, source)
    if days.closed:
        return plus(start, delay, source, days.legal, gives="legal"), kept(days.legal, gives="safe")
    if delay.named is not None:
        return (
            plus(start, Delay(days=delay.days), source, days.legal, gives="legal"),
            eve(days.legal, source=POLICY),
            worked("prev_workable", days.legal - timedelta(days=1), days.safe, " ; prudemment le {}"),
        )
    proof: Proof = (
        plus(start, delay, source, days.legal, gives="legal"),
        worked("prev_workable", days.legal, days.safe),
    )
    turned = other_way(delay)
    if days.other is None or turned is None:
        return proof
    return (*proof, plus(start, turned, source, days.other, " ; autre lecture : le {}"))


def _not_before(start: date, delay: Delay, days: Days, source: str) -> Proof:
    if days.opens is None or days.safe_opens is None:
        return ()
    morrow = days.opens + timedelta(days=1)
    return (
        plus(start, delay, source, days.opens, " + {o1} → pas avant le {}"),
        plus(days.opens, ONE_DAY, POLICY, morrow, ""),
        worked("next_workable", morrow, days.safe_opens, ", prudemment à partir du {}"),
    )


def counted_back(event: date, delay: Delay, days: Days, source: str) -> Proof:
    """Return how a delay counted back from something that happens on a day of the steps before gave its days, without words."""
    if days.legal is None or days.safe is None:
        return ()
    first = Step("minus", (Operand(event), Operand(delay, source)), days.legal, gives="legal")
    if delay.clear_days is not None:
        return first, worked("prev_workable", days.legal, days.safe)
    return first, eve(days.legal, source=POLICY), worked("prev_workable", days.legal - timedelta(days=1), days.safe)


def before_the_end(end: date, delay: Delay, days: Days, source: str) -> Proof:
    """Return how a delay counted back from a last day of the steps before gave its last day, without words."""
    if days.legal is None or days.safe is None:
        return ()
    if delay.clear_days is not None:
        first = Step("minus", (Operand(end), Operand(Delay(days=delay.clear_days), source)), days.legal)
        return (
            first,
            eve(days.legal, source=POLICY),
            worked("prev_workable", days.legal - timedelta(days=1), days.safe, gives=""),
        )
    taken, plain = (Operand(end), Operand(delay, source)), days.other or days.legal
    relied_on = min(days.legal, plain)
    return (
        Step("latest", taken, days.legal),
        Step("minus", taken, plain),
        earliest((days.legal, plain)),
        worked("prev_workable", relied_on, days.safe, gives=""),
    )


def back_and_safe(event: date, delay: Delay, days: Days, source: str) -> Proof:
    """Return the same with its words: the day, the prudent one, and the reading that is not kept."""
    first, *between, moved = counted_back(event, delay, days, source)
    said: Proof = (first._replace(says=" → {}"), *between, moved._replace(says=", prudemment le {}"))
    turned = other_way(delay)
    if days.other is None or turned is None:
        return said
    other = Step("minus", (Operand(event), Operand(turned, source)), days.other, " ; autre lecture : le {}")
    return *said, other


def other_reading(event: date, delay: Delay, legal: date, source: str, says: str) -> Proof:
    """Return the day that a delay read otherwise gives, counted back from a day of the steps before."""
    return (Step("minus", (Operand(event), Operand(delay, source)), legal, says),)


def instant(when: datetime, source: str, says: str = "{}") -> Step:
    """Return an aware instant, in the local zone, that is taken as it is said."""
    return Step("given", (Operand(when, source),), when, says)


def hours(  # noqa: PLR0917 - a sum and its words
    operation: Operation, start: datetime, delay: Delay, source: str, limit: datetime, says: str
) -> Step:
    """Return a delay in hours counted from an instant of the steps before, both in the local zone."""
    return Step(operation, (Operand(start), Operand(delay, source)), limit, says, "instant")


def day_of(limit: datetime, day: date) -> Proof:
    """Return the local day of an instant of the steps before, as the last day and as the day to act by."""
    taken = (Operand(limit),)
    return Step("day_of", taken, day, gives="legal"), Step("day_of", taken, day, gives="safe")


def strictly(day: date, threshold: Delay, strict: date, says: str) -> Proof:
    """Return the day on which a threshold in months is exceeded under the strict reading: the day after the same day number."""
    number = (threshold.months or 0) + 12 * (threshold.years or 0)
    same = strict - timedelta(days=1)
    return months(day, number, LAW, same), plus(same, ONE_DAY, LAW, strict, says)


def by_our_choice(start: date, days: int, calendar: Calendar) -> Proof:
    """Return so many days after a day of the steps before, on a day we work: a choice of ours, no day of any text.

    Where nobody works in those days, the first day that somebody does.
    """
    last = start + timedelta(days=days)
    safe = calendar.prev_workable(last)
    proof = plus(start, Delay(days=days), POLICY, last, " + {o1}"), worked("prev_workable", last, safe)
    return proof if safe >= start else (*proof, worked("next_workable", start, calendar.next_workable(start)))


def named_first(delay: Delay) -> Proof:
    """Return what is said before the day a delay starts from: its name, where the text gives it one."""
    return () if delay.named is None else (note(f"« sous {delay.named} » : "),)


def _shown(value: Value) -> str:
    if isinstance(value, datetime):
        return moment(value, str(value.tzinfo))
    if isinstance(value, date):
        return figures(value)
    if isinstance(value, Delay):
        return delay_in_words(value)
    return value.words.fr if isinstance(value, TermLength) else str(value)
