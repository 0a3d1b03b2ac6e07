"""What happened that changes what runs, in words for those it concerns.

A breach that moves, a suspension, an institution's new name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from echeancier.domain.agenda.breach import TITLES, step_key
from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.breach import BreachClosed, BreachStep
from echeancier.domain.facts.people import PartyChanged, TerritoryChanged
from echeancier.domain.messages.order import NewsItem
from echeancier.domain.model import Text
from echeancier.domain.recording.people import names
from echeancier.domain.standing.breach import end_of, lived_by, window_of
from echeancier.domain.standing.breach_cases import ANSWERS, LETTERS, BreachRun
from echeancier.domain.standing.situation import Situation
from echeancier.domain.standing.suspension import Pause
from echeancier.domain.terms.convention import Clause

Audience = Literal["everybody", "coordinator", "us", "parties"]
"""Whoever was written to about the convention; the coordinator alone; with the manager, on our side; every function of every
party, one that leaves too, whether it was written to before or not."""


@dataclass(frozen=True)
class Development:
    """One thing that happened and changes what runs.

    Attributes:
        id: stable: which consequence of which fact.
        fact: the id of that fact.
        day: the day it counts from; nobody hears of it before, unless it is told ``at_once``.
        until: the day from which it is no news any more, None when it always is.
        items: keys of the agenda listed beneath.
    """

    id: str
    fact: str
    day: date
    audience: Audience
    news: NewsItem
    until: date | None = None
    items: tuple[str, ...] = ()
    at_once: bool = False


Told = Iterator[Development]


def news(
    title: Text,
    says: Text,
    clause: Clause | None = None,
    *,
    stops: tuple[Text, ...] = (),
    goes_on: tuple[Text, ...] = (),
    todo: Text | None = None,
) -> NewsItem:
    """Return a piece of news with the clause it follows."""
    quoted = clause.meaning if clause is not None else None
    return NewsItem(
        title=title, says=says, article=clause.article if clause is not None else "", clause=quoted, stops=stops,
        goes_on=goes_on, todo=todo,
    )  # fmt: skip


def both(fr: str, en: str) -> Text:
    """Return the two texts."""
    return Text(fr=fr, en=en)


_QUIET = ("decide", "suspend")
"""Said otherwise: a decision by the message about the end, a suspension by its own."""


def of_breaches(s: Situation) -> Told:
    """Yield every step recorded of every procedure, and how each was closed."""
    for record in s.records:
        fact = record.fact
        if isinstance(fact, BreachStep):
            case = next((c for c in s.breach_cases if c.steps.get(fact.step) is fact), None)
            if case is not None and fact.step not in _QUIET:
                yield _step(s, case, record.id, fact)
        elif isinstance(fact, BreachClosed) and fact.outcome != "maintained":
            case = next((c for c in s.breach_cases if c.closed_by == record.id), None)
            if case is not None:
                yield _closed(s, case, record.id, fact)


def _step(s: Situation, case: BreachRun, fact_id: str, fact: BreachStep) -> Development:
    clauses = next((step.clauses for step in case.breach.steps if step.does == fact.step), case.breach.clauses)
    says, todo, items = _words_of_step(s, case, fact)
    return Development(
        id=f"breach/{fact_id}", fact=fact_id, day=fact.on, audience="us",
        news=news(TITLES[fact.step], says, s.clause(clauses), todo=todo), until=case.closed.on if case.closed else None,
        items=items,
    )  # fmt: skip


def _words_of_step(s: Situation, case: BreachRun, fact: BreachStep) -> tuple[Text, Text | None, tuple[str, ...]]:
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


def _letter(s: Situation, case: BreachRun, fact: BreachStep, grounds: str) -> tuple[Text, Text | None, tuple[str, ...]]:
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
    what = both("remédier", "cure it") if answer.does == "cure" else both("donner des observations", "comment")
    if against_us:
        safe = s.calendar.prev_workable(window.raw)
        says_fr += (
            f" Nous avons jusqu’au {in_words(window.raw)} pour {what.fr} ; à faire au plus tard le {in_words(safe)}."
        )
        says_en += f" We have until {in_words(window.raw, 'en')} to {what.en}; by {in_words(safe, 'en')} to be safe."
    else:
        says_fr += (
            f" L’autre partie a jusqu’au {in_words(window.last)} au soir pour {what.fr} : ne rien constater avant."
        )
        says_en += (
            f" The other side has until the end of {in_words(window.last, 'en')} to {what.en}: state nothing before."
        )
    if (end := _automatic(s, case)) is not None:
        says_fr += f" Sans remède d’ici là, la convention prend fin d’elle-même le {in_words(end)}."
        says_en += f" Without a cure by then the convention ends by itself on {in_words(end, 'en')}."
    todo = both(
        "Préparer la réponse dès maintenant, avec le service juridique.", "Prepare the answer now, with the legal service."
    ) if against_us else None  # fmt: skip
    return both(says_fr, says_en), todo, (step_key(case, answer.does),) if against_us else ()


def _automatic(s: Situation, case: BreachRun) -> date | None:
    ends = case.defined("ends")
    if ends is None or ends.starts == "answer" or case.closed is not None:
        return None
    end = end_of(s, case)
    return lived_by(s, case, end) if end is not None else None


def _closed(s: Situation, case: BreachRun, fact_id: str, fact: BreachClosed) -> Development:
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


def of_suspensions(s: Situation) -> Told:
    """Yield the beginning of each suspension and, once recorded, its end."""
    for pause in s.pauses:
        yield _begins(s, pause)
        if pause.until is not None:
            yield _ends(s, pause)


def _begins(s: Situation, pause: Pause) -> Development:
    day, en_day = in_words(pause.first), in_words(pause.first, "en")
    causes = {
        "absence": both(
            f"L’absence commencée le {in_words(pause.since)} dure trop longtemps",
            f"The absence that began on {in_words(pause.since, 'en')} has lasted too long",
        ),
        "departure": both("La personne affectée est partie", "The person assigned has left"),
        "breach": both("Un manquement est reproché", "A breach is alleged"),
    }
    cause, what = causes[pause.cause], _what(pause)
    return Development(
        id=f"suspended/{pause.id}", fact=pause.id, day=pause.first, audience="everybody",
        news=news(
            both(f"{what.fr} à partir du {in_words(pause.first, weekday=False)}", f"{what.en} from {en_day}"),
            both(
                f"{cause.fr} : suspension à partir du {day}, jusqu’à ce que la reprise soit enregistrée.",
                f"{cause.en}: suspended from {en_day}, until the resumption is recorded.",
            ),
            s.clause(pause.clauses),
            stops=_stopped(s, pause), goes_on=_going_on(s, pause),
            todo=_to_resume(s, pause),
        ),
        until=pause.until,
    )  # fmt: skip


def _what(pause: Pause) -> Text:
    if pause.cause == "breach":
        return both("Suspension immédiate", "Suspended at once")
    return both("Convention suspendue", "Convention suspended")


def _stopped(s: Situation, pause: Pause) -> tuple[Text, ...]:
    """The recurring duties that stop; and those an event starts, where the whole convention is suspended."""
    return tuple(Text(fr=d.title, en=d.title_en) for d in s.convention.duty if pause.stops_duty(d.owed_by))


def _going_on(s: Situation, pause: Pause) -> tuple[Text, ...]:
    kept = [Text(fr=d.title, en=d.title_en) for d in s.convention.duty if not pause.stops_duty(d.owed_by)]
    term = both("le terme de la convention, qui ne se déplace pas", "the end of the term, which does not move")
    fixed = both(
        "ce qu’un événement passé a ouvert : réponses, destructions, lettres",
        "what a past event started: answers, destructions, letters",
    )
    windows = [Text(fr=w.title, en=w.title_en) for w in s.convention.window]
    return (*kept, *windows, fixed, term)


def _to_resume(s: Situation, pause: Pause) -> Text:
    if pause.cause == "breach":
        return both(
            "La partie à qui le manquement est reproché y remédie ou en convient ; dites-nous quand c’est fait : la reprise suit "
            "la clôture de la procédure.",
            "The party against which the breach is alleged cures it or agrees on it; tell us once it is done: it resumes when "
            "the procedure is closed.",
        )
    after = s.convention.suspension.resumes_after if s.convention.suspension else ""
    return both(
        f"Dire quand elle reprend : {after}." if after else "Dire quand elle reprend.",
        "Say when it resumes, as the clause provides.",
    )


def _ends(s: Situation, pause: Pause) -> Development:
    assert pause.until is not None  # noqa: S101 - the caller looked
    day, en_day = in_words(pause.until), in_words(pause.until, "en")
    return Development(
        id=f"resumed/{pause.id}", fact=pause.ended_by or pause.id, day=pause.until, audience="everybody",
        news=news(
            both(f"Reprise le {in_words(pause.until, weekday=False)}", f"Resumed on {en_day}"),
            both(
                f"La suspension commencée le {in_words(pause.first)} est finie : tout reprend le {day}, et chaque échéance sera "
                "rappelée en son temps.",
                f"The suspension that began on {in_words(pause.first, 'en')} is over: everything resumes on {en_day}, and each "
                "deadline will be recalled in due time.",
            ),
            s.clause(pause.clauses),
            goes_on=_stopped(s, pause),
        ),
    )  # fmt: skip


def of_institutions(s: Situation) -> Told:
    """Yield each new name and each change of territory."""
    for fact_id, fact in s.of(PartyChanged):
        yield _renamed(s, fact_id, fact)
    for fact_id, change in s.of(TerritoryChanged):
        yield _territory(s, fact_id, change)


def _renamed(s: Situation, fact_id: str, fact: PartyChanged) -> Development:
    eve = fact.on.fromordinal(fact.on.toordinal() - 1)
    former = s.convention.parties[fact.party].name_on(eve)
    day, en_day = in_words(fact.on), in_words(fact.on, "en")
    said = {
        "renamed": both(
            f"« {former} » s’appelle « {fact.new_name} » à partir du {day}.",
            f"“{former}” is called “{fact.new_name}” from {en_day}.",
        ),
        "merged": both(
            f"« {former} » fait partie, à partir du {day}, de « {fact.new_name} », issue d’une fusion, qui reprend tout.",
            f"From {en_day} “{former}” is part of “{fact.new_name}”, born of a merger, which takes over its obligations.",
        ),
        "succeeded": both(
            f"« {fact.new_name} » succède à « {former} » à partir du {day} et reprend ses obligations.",
            f"“{fact.new_name}” takes the place of “{former}” from {en_day} and takes over its obligations.",
        ),
    }[fact.why]
    return Development(
        id=f"party/{fact_id}", fact=fact_id, day=fact.on, audience="everybody",
        news=news(
            both(f"{former} devient {fact.new_name}", f"{former} becomes {fact.new_name}"),
            both(
                f"{said.fr} Aucune date ne change, aucun accord ne se refait ; ce qui a été écrit avant garde l’ancien nom.",
                f"{said.en} No date changes, nothing is signed again; what was written before keeps the former name.",
            ),
            todo=both(
                "Écrire désormais au nouveau nom ; dire si une adresse change aussi.",
                "Write to the new name from now on; say whether an address changes too.",
            ),
        ),
    )  # fmt: skip


def _territory(s: Situation, fact_id: str, fact: TerritoryChanged) -> Development:
    whose = s.convention.parties[fact.party].name_on(fact.on)
    joined, left = ", ".join(names(fact.joined)), ", ".join(names(fact.left))
    day, en_day = in_words(fact.on), in_words(fact.on, "en")
    rule = s.convention.territory
    follows = rule is not None and rule.party == fact.party and rule.follows
    moved = [f"rejoignent {whose} : {joined}"] if joined else []
    moved += [f"quittent {whose} : {left}"] if left else []
    moved_en = [f"joining {whose}: {joined}"] if joined else []
    moved_en += [f"leaving {whose}: {left}"] if left else []
    then = both(
        "La convention s’applique à ces communes par son propre texte, sans avenant.",
        "The convention applies to them by its own words, without an amendment.",
    ) if follows else both(
        "Le texte ne dit pas s’il s’applique d’office à un territoire modifié : à confirmer, au besoin par un avenant.",
        "The text does not say whether it applies to a changed territory by itself: to be confirmed, by amendment if needed.",
    )  # fmt: skip
    return Development(
        id=f"territory/{fact_id}", fact=fact_id, day=fact.on, audience="everybody",
        news=news(
            both(f"Territoire modifié : {whose}", f"Territory changed: {whose}"),
            both(
                f"À partir du {day}, {' ; '.join(moved)}. {then.fr}", f"From {en_day}, {'; '.join(moved_en)}. {then.en}"
            ),
            s.clause(rule.clauses) if rule is not None else None,
            todo=both(
                "Compter ces communes dans ce qui vient : invitations, données, bilans.",
                "Count these communes in what comes: invitations, data, reports.",
            ),
        ),
    )  # fmt: skip


WAS = {
    "suspended": both("une suspension", "a suspension"),
    "resumed": both("une reprise", "a resumption"),
    "breach": both("une étape d’une procédure de manquement", "a step of a breach procedure"),
    "breach-closed": both("la clôture d’une procédure de manquement", "the closing of a breach procedure"),
    "exit": both("la sortie d’une partie", "the exit of a party"),
    "party": both("le nouveau nom d’une partie", "the new name of a party"),
    "problem": both("un problème", "a problem"),
    "territory": both("un changement de territoire", "a change of territory"),
}
"""What each development is called when it is taken back, by the first part of its id."""
