"""A litigation: the hold it puts on the destruction of data, looked at again each year so that it does not last by neglect."""

from datetime import date

from domain.convention import Clause
from domain.data_facts import HoldReviewed
from domain.delays import add_months
from domain.facts import LitigationOpened
from domain.holds import DESTROY, KEEP, QUESTION, last_looked_at, opened_on
from domain.items import Certainty, Item, Question, ReadingShown, Warning
from domain.model import Text
from domain.procedures.shape import Found, opening, state_of
from domain.situation import Situation
from domain.words import figures

_OPENS = 30


def litigation(s: Situation) -> Found:
    """Yield, while a litigation runs, its next review, what it suspends, and a question where the text is silent."""
    yield from _reviewed(s)
    if not s.in_litigation:
        return
    yield _review(s, last_looked_at(s), None)
    silent = _silent(s)
    if silent is not None:
        yield _question(s, silent)
    yield Warning(
        id="litigation-hold",
        text=Text(
            fr=f"Un contentieux, ouvert le {figures(opened_on(s))}, suspend la destruction des données.",
            en=f"A litigation, opened on {opened_on(s)}, suspends the destruction of data.",
        ),
        permanent=True,
    )


def _silent(s: Situation) -> tuple[str, ...] | None:
    """The clause of the first destruction that says nothing of a litigation."""
    at_the_end = [
        d.clauses for d in s.convention.end_duty if d.kind == "destruction" and not d.unless_litigation
    ]
    each_time = [d.clauses for d in s.convention.event_duty if d.kind == "destruction"]
    return next(iter((*at_the_end, *each_time)), None)


def _clause(s: Situation) -> Clause:
    found = next((d.clauses for d in s.convention.end_duty if d.kind == "destruction"), None)
    return s.clause(found or s.convention.term.clauses)


def _reviewed(s: Situation) -> Found:
    """Every review that was held: each is the one that was due a year after the one before."""
    opened = [fact.on for _, fact in s.of(LitigationOpened)]
    looked = [x.on for _, x in s.of(HoldReviewed)]
    for day in looked:
        before = max((d for d in (*opened, *looked) if d < day), default=day)
        yield _review(s, before, day)


def _review(s: Situation, seen: date, done: date | None) -> Item:
    """A review, a year after ``seen``, the day the litigation began or was last looked at."""
    months, opened = s.policy.litigation_review_months, max(fact.on for _, fact in s.of(LitigationOpened))
    review = s.calendar.prev_workable(add_months(seen, months))
    since = f"contentieux ouvert le {figures(opened)}" + (
        f", revu le {figures(seen)}" if seen > opened else ""
    )
    opens = opening(review, _OPENS)
    return Item(
        key=f"litigation-review/{review.year}", kind="review",
        title=Text(
            fr="Contentieux en cours : revoir la suspension de la destruction",
            en="Litigation: review the hold on destruction",
        ),
        clause=_clause(s), owed_by=s.convention.us, owed_to=s.convention.us, opens_on=opens, safe_day=review, anchor=seen,
        rule="litigation_review_policy", trace=f"{since} + {months} mois", certainty=Certainty.POLICY,
        state=state_of(s, opens_on=opens, last_day=review, done_on=done), done_on=done,
        responsible=(s.convention.coordinator,),
    )  # fmt: skip


def _question(s: Situation, clauses: tuple[str, ...]) -> Question:
    answer = s.answer(QUESTION)
    return Question(
        id=QUESTION, kind="contested", answer="reading", ask=s.convention.coordinator,
        about=Text(
            fr="Un contentieux est ouvert et la clause de destruction n’en dit rien : faut-il garder ce qui sert au juge ?",
            en="A litigation is open and the clause on destruction is silent: must the data needed in court be kept?",
        ),
        readings=(
            ReadingShown(
                id=KEEP, says=Text(fr="les garder jusqu’à sa fin", en="keep them until it is over"),
                changes=Text(
                    fr="la destruction attend (RGPD, art. 17, par. 3, e), et l’attente est revue chaque année",
                    en="destruction waits (GDPR, art. 17.3 e), and the wait is reviewed every year",
                ),
            ),
            ReadingShown(
                id=DESTROY, says=Text(fr="les détruire au jour de la clause", en="destroy them on the day of the clause"),
                changes=Text(fr="chaque destruction reprend son jour", en="each destruction gets its day back"),
            ),
        ),
        prudent=KEEP, clause=s.clause(clauses), answered=answer.reading if answer else None,
    )  # fmt: skip
