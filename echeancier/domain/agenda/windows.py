"""What must be signed each year in a window before a due date."""

from datetime import date, timedelta

from echeancier.domain.agenda.items import Item, State, Warning
from echeancier.domain.agenda.procedure import Found, roles_of, state_of
from echeancier.domain.agenda.renewal import cap_reached, way
from echeancier.domain.dates.delay import before_end
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.notice import NoticeTerms, due_dates
from echeancier.domain.dates.proof import (
    ONE_DAY,
    Operand,
    Proof,
    Step,
    cited,
    eve,
    given,
    kept,
    note,
    plus,
    worked,
)
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Text
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.duties import AnnualWindow

EACH_YEAR, PARENT_ONLY = "each-year", "parent-only"


def windows(s: Situation) -> Found:
    """Yield the yearly signing windows."""
    for window in s.convention.window:
        yield from _windows(s, window)


def _windows(s: Situation, window: AnnualWindow) -> Found:
    if s.effect_on is None or s.bound_until is None:
        return
    reading = s.reading(window.clauses, (EACH_YEAR, PARENT_ONLY), EACH_YEAR)
    for due in _due_days(window, s.effect_on, s.bound_until):
        final = due == s.natural_end
        if final or reading.id == EACH_YEAR:
            for share in s.convention.shares(window):
                yield _window(s, share, due, final=final, settled=reading.settled)
        if final and (cap_reached(s) or way(s) == "none"):
            yield Warning(
                id=f"window-forbidden/{window.id}/{due.year}",
                text=Text(
                    fr=f"« {window.title} » pour la suite du {figures(due)} supposerait une prorogation, qu’un plafond de "
                    "durée, le sien "
                    "ou celui de la convention mère, peut interdire.",
                    en=f"“{window.title_en}” beyond {due} would need an extension, which a cap on its term or on its "
                    "parent’s may forbid.",
                ),
                clause=s.clause(window.clauses),
            )


def _due_days(window: AnnualWindow, effect: date, end: date) -> tuple[date, ...]:
    if window.until == "anniversary":
        return due_dates(effect, end, NoticeTerms(None, "unstated", "anniversary"))
    return tuple(date(year, 12, 31) for year in range(effect.year, end.year + 1) if date(year, 12, 31) <= end)


def _window(s: Situation, window: AnnualWindow, due: date, *, final: bool, settled: bool) -> Item:
    at_most = window.delay.model_copy(update={"bound": "at_most"})  # every window is « au plus », said or not
    days = before_end(due, at_most, s.calendar)
    opens, safe = days.opens, days.safe
    assert opens is not None  # noqa: S101 - « au plus » opens a window
    assert safe is not None  # noqa: S101 - the same
    safe = safe if s.calendar.is_workable(safe) else due  # nobody works in those days: the last one, be it closed
    done = s.done_on(key_of(window.id, str(due.year), window.whose))
    state = state_of(s, opens_on=opens, last_day=due, done_on=done)
    if state is State.LATE and s.operational_from is None:
        state = State.WAITING  # nobody is late for what a convention not in force yet would owe
    if final and state is not State.DONE:
        state = State.WAITING  # only a prorogation would call for it
    return Item(
        series=window.id, occurrence=str(due.year), step=window.whose, kind="window",
        title=Text(fr=window.title, en=window.title_en), clause=s.clause(window.clauses),
        owed_by=window.owed_by, owed_to=window.owed_to, opens_on=opens, legal_last_day=due, safe_day=safe,
        rule="annexe_last",
        proof=_as_long_as(s, window, due, opens, safe),
        certainty=Certainty.CERTAIN if settled else Certainty.CONTESTED, state=state, done_on=done,
        responsible=roles_of(s, window.owed_by, window.responsible),
        informed=tuple(dict.fromkeys((*window.informed, s.convention.coordinator))),
    )  # fmt: skip


def _as_long_as(s: Situation, window: AnnualWindow, due: date, opens: date, safe: date) -> Proof:
    """« Dans les deux mois avant l’échéance » : from the day that delay takes one back to, until the due date."""
    at_most = window.delay.model_copy(update={"bound": "at_most"})
    back = opens - timedelta(days=1)
    worked_day = s.calendar.prev_workable(due - timedelta(days=1))
    source = cited(window.clauses)
    return (
        note(f"{delay_in_words(at_most)} avant le "),
        given(due, source, gives="legal"),
        Step("minus", (Operand(due), Operand(window.delay, source)), back),
        plus(back, ONE_DAY, source, opens, " : du {}"),
        eve(due),
        worked("prev_workable", due - timedelta(days=1), worked_day, gives=""),
        Step("last_of", (Operand(opens), Operand(worked_day)), max(opens, worked_day)),
        kept(safe, gives="safe"),
        kept(due, " au {}"),
    )
