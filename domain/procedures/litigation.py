"""A litigation: the hold it puts on the destruction of data, looked at again each year so that it does not last by neglect."""

from domain.convention import Clause
from domain.delays import add_months
from domain.holds import DESTROY, KEEP, QUESTION, last_looked_at, opened_on
from domain.items import Certainty, Item, Question, ReadingShown, Warning
from domain.model import Text
from domain.procedures.shape import Found, opening, state_of
from domain.situation import Situation
from domain.words import figures

_OPENS = 30


def litigation(s: Situation) -> Found:
    """Yield, while a litigation runs, its next review, what it suspends, and a question where the text is silent."""
    if not s.in_litigation:
        return
    yield _review(s)
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


def _review(s: Situation) -> Item:
    months, opened, seen = s.policy.litigation_review_months, opened_on(s), last_looked_at(s)
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
        state=state_of(s, opens_on=opens, last_day=review, done_on=None), responsible=(s.convention.coordinator,),
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
