"""A breach procedure moves: what was received or sent, how long there is to answer, and what follows."""

from datetime import date

from domain import facts as f
from domain.breach_days import end_of, lived_by, window_of
from domain.breaches import ANSWERS, LETTERS, Case
from domain.developments.shape import Development, Told, both, news
from domain.model import Text
from domain.procedures.breach import key_of
from domain.procedures.breach_words import TITLES
from domain.situation import Situation
from domain.words import in_words

_QUIET = ("decide", "suspend")
"""Said otherwise: a decision by the message about the end, a suspension by its own."""


def of_breaches(s: Situation) -> Told:
    """Yield every step recorded of every procedure, and how each was closed."""
    for record in s.records:
        fact = record.fact
        if isinstance(fact, f.BreachStep):
            case = next((c for c in s.breach_cases if c.steps.get(fact.step) is fact), None)
            if case is not None and fact.step not in _QUIET:
                yield _step(s, case, record.id, fact)
        elif isinstance(fact, f.BreachClosed) and fact.outcome != "maintained":
            case = next((c for c in s.breach_cases if c.closed_by == record.id), None)
            if case is not None:
                yield _closed(s, case, record.id, fact)


def _step(s: Situation, case: Case, fact_id: str, fact: f.BreachStep) -> Development:
    clauses = next(
        (step.clauses for step in case.breach.steps if step.does == fact.step), case.breach.clauses
    )
    says, todo, items = _said(s, case, fact)
    return Development(
        id=f"breach/{fact_id}", fact=fact_id, day=fact.on, audience="us",
        news=news(TITLES[fact.step], says, s.clause(clauses), todo=todo), until=case.closed.on if case.closed else None,
        items=items,
    )  # fmt: skip


def _said(s: Situation, case: Case, fact: f.BreachStep) -> tuple[Text, Text | None, tuple[str, ...]]:
    grounds = case.breach.grounds
    if fact.step == "found":
        return (
            both(
                f"Non-respect constaté le {in_words(fact.on)}. Le texte ne donne ni délai ni forme : aucune échéance ne court, "
                "et seule une décision enregistrée aura une date.",
                f"Breach recorded on {in_words(fact.on, 'en')}. The text gives neither time nor form: nothing runs, and only a "
                "decision that is recorded will have a date.",
            ),
            both(
                "Décider, à l’amiable d’abord ; puis dire l’issue : remédié, abandonné, ou fin de la convention et son jour.",
                "Decide, amicably first; then say the outcome: cured, dropped, or the end of the convention and its day.",
            ),
            (),
        )
    if fact.step in LETTERS:
        return _letter(s, case, fact, grounds)
    if fact.step == "comment":
        return (
            both(
                f"Observations données le {in_words(fact.on)}. La décision peut suivre ; rien ne finit avant elle.",
                f"Comments given on {in_words(fact.on, 'en')}. The decision may follow; nothing ends before it.",
            ),
            None,
            (),
        )
    return (
        both(
            f"Remède enregistré le {in_words(fact.on)} : la fin automatique ne joue plus. La suspension, elle, dure jusqu’à la "
            "clôture de la procédure.",
            f"Cured on {in_words(fact.on, 'en')}: the automatic end no longer applies. The suspension lasts until the procedure "
            "is closed.",
        ),
        both(
            "Le faire constater par écrit, puis clore la procédure.",
            "Have it acknowledged in writing, then close the procedure.",
        ),
        (),
    )


def _letter(
    s: Situation, case: Case, fact: f.BreachStep, grounds: str
) -> tuple[Text, Text | None, tuple[str, ...]]:
    against_us = s.convention.us in case.breach.against
    window, answer = window_of(s, case), case.defined(*ANSWERS)
    sent = "reçue" if against_us else "envoyée"
    posted = f"Lettre postée le {in_words(fact.on)}" + (
        f", remise le {in_words(fact.delivered_on)}" if fact.delivered_on else ""
    )
    posted_en = f"Letter posted on {in_words(fact.on, 'en')}" + (
        f", delivered on {in_words(fact.delivered_on, 'en')}" if fact.delivered_on else ""
    )
    says_fr, says_en = f"{posted} ({sent}) : {grounds}.", f"{posted_en}: {grounds}."
    if window is None or answer is None:
        return both(says_fr, says_en), None, ()
    what = (
        both("remédier", "cure it") if answer.does == "cure" else both("donner des observations", "comment")
    )
    if against_us:
        safe = s.calendar.prev_workable(window.raw)
        says_fr += f" Nous avons jusqu’au {in_words(window.raw)} pour {what.fr} ; à faire au plus tard le {in_words(safe)}."
        says_en += (
            f" We have until {in_words(window.raw, 'en')} to {what.en}; by {in_words(safe, 'en')} to be safe."
        )
    else:
        says_fr += f" L’autre partie a jusqu’au {in_words(window.last)} au soir pour {what.fr} : ne rien constater avant."
        says_en += f" The other side has until the end of {in_words(window.last, 'en')} to {what.en}: state nothing before."
    if (end := _automatic(s, case)) is not None:
        says_fr += f" Sans remède d’ici là, la convention prend fin d’elle-même le {in_words(end)}."
        says_en += f" Without a cure by then the convention ends by itself on {in_words(end, 'en')}."
    todo = both(
        "Préparer la réponse dès maintenant, avec le service juridique.", "Prepare the answer now, with the legal service."
    ) if against_us else None  # fmt: skip
    return both(says_fr, says_en), todo, (key_of(case, answer.does),) if against_us else ()


def _automatic(s: Situation, case: Case) -> date | None:
    ends = case.defined("ends")
    if ends is None or ends.from_ == "answer" or case.closed is not None:
        return None
    end = end_of(s, case)
    return lived_by(s, case, end) if end is not None else None


def _closed(s: Situation, case: Case, fact_id: str, fact: f.BreachClosed) -> Development:
    how = both("remédié", "cured") if fact.outcome == "cured" else both("abandonné", "dropped")
    return Development(
        id=f"breach-closed/{fact_id}", fact=fact_id, day=fact.on, audience="us",
        news=news(
            both(f"Manquement {how.fr} : la convention continue", f"Breach {how.en}: the convention goes on"),
            both(
                f"Procédure close le {in_words(fact.on)} : le manquement est {how.fr}, la convention continue et ce qui était "
                "suspendu reprend.",
                f"Procedure closed on {in_words(fact.on, 'en')}: the breach is {how.en}, the convention goes on and what was "
                "suspended resumes.",
            ),
            s.clause(case.breach.clauses),
        ),
    )  # fmt: skip
