"""What a steering committee has to decide, as the agenda shows it."""

from collections.abc import Iterator

from domain import facts as f
from domain.delays import add_months
from domain.items import TO_DO, Item, Question, State
from domain.procedures.renewal_ways import way
from domain.situation import Situation
from domain.words import NBSP, in_words

_WAYS = {
    "amendment": "un avenant signé par toutes les parties avant cette date",
    "same-terms": "un acte exprès signé par toutes les parties avant cette date",
    "with-parent": "un acte signé avant cette date, la convention mère ayant été prorogée",
    "replaced": "une nouvelle convention, le texte ne permettant plus d’avenant",
    "new-convention": "une nouvelle convention ; aucune clause ne la renouvelle d’elle-même",
}
_DECIDED = {
    "renew": "le renouvellement est décidé",
    "new-convention": "une nouvelle convention est décidée",
    "let-lapse": "la convention ira à son terme sans suite",
}
RENEWAL_MONTHS = 12
"""How long before the end a committee is asked what comes next: a policy of ours."""


def decisions(s: Situation, items: tuple[Item, ...], questions: tuple[Question, ...]) -> tuple[str, ...]:
    """Return what is to be decided, each as a sentence: the end first, then what is late, then what is open."""
    return (*_end(s, items), *_amendments(s, items), *_to_catch_up(items), *_open_questions(questions))


def _end(s: Situation, items: tuple[Item, ...]) -> Iterator[str]:
    end = s.natural_end
    if end is None or s.is_over:
        return
    if s.ended_early and s.ends_on is not None:
        yield f"La convention prend fin de façon anticipée le {in_words(s.ends_on, weekday=False)} : en tirer les suites."
        return
    found = way(s)
    if found == "none" or s.today < add_months(end, -RENEWAL_MONTHS):
        return
    words = f"La convention finit le {in_words(end, weekday=False)}"
    decided = s.last(f.RenewalDecided)
    if decided is not None:
        yield f"{words} : {_DECIDED[decided.decision]} ; en confirmer le calendrier.{_last_steps(s, items)}"
        return
    yield f"{words}. Décider de la suite : la reconduire demande {_WAYS[found]}.{_last_steps(s, items)}"


def _last_steps(s: Situation, items: tuple[Item, ...]) -> str:
    names = {"vote": "vote avant le", "signatures": "signatures avant le"}
    found = []
    for item in items:
        words = names.get(item.key.rsplit("/", 1)[-1]) if item.kind == "renewal" else None
        if words and item.state in TO_DO and item.safe_day and item.safe_day >= s.today:
            found.append(f"{words} {in_words(item.safe_day, weekday=False)}")
    return f" Calendrier proposé : {', '.join(found)}." if found else ""


def _amendments(s: Situation, items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        day = item.legal_last_day
        if (
            item.kind in ("amendment", "window")
            and item.state in TO_DO
            and day
            and day <= add_months(s.today, 12)
        ):
            yield f"«{NBSP}{item.title.fr}{NBSP}» : à préparer pour le {in_words(day, weekday=False)}."


def _to_catch_up(items: tuple[Item, ...]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for item in items:
        if item.state in (State.LATE, State.MISSED) and item.kind != "renewal":
            counts[item.title.fr] = counts.get(item.title.fr, 0) + 1
    for title, count in counts.items():
        times = f"{count} échéances passées sans trace" if count > 1 else "une échéance passée sans trace"
        yield f"«{NBSP}{title}{NBSP}» : {times}. Constater, rattraper, ou convenir d’autre chose."


def _open_questions(questions: tuple[Question, ...]) -> Iterator[str]:
    for question in questions:
        if question.kind == "contested":
            yield f"Retenir une lecture, par écrit : {question.about.fr}"
        elif question.answer == "months":
            yield f"Choisir un rythme : {question.about.fr}"
