"""A breach procedure, a resumption: at the door."""

from datetime import date

from echeancier.domain.declared import both
from echeancier.domain.facts.breach import BreachClosed, BreachStep, Resumed
from echeancier.domain.facts.refusal import en, fr, refusal, unknown
from echeancier.domain.recording.check_context import Change, CheckContext, check, hangs
from echeancier.domain.standing.breach_cases import LETTERS, complainant
from echeancier.domain.standing.breach_cases import BreachRun as Run
from echeancier.domain.terms.clauses import Breach
from echeancier.domain.terms.owing import OTHER

_AFTER_THE_LETTER = ("comment", "cure", "decide")


@check
def check_step(case: CheckContext, fact: BreachStep) -> None:
    """Refuse a step that the clause does not know, repeats, or takes before the letter that opens it."""
    breach = _breach(case, fact.breach)
    _step_of_the_clause(case, breach, fact)
    _during_the_term(case, fact.on)
    _post_in_order(fact)
    run = _running(case, breach)
    _between_whom(case, breach, run, fact)
    if run is not None and fact.step in run.steps:
        on = run.steps[fact.step].on
        raise refusal(
            f"l’étape « {fact.step} » est déjà enregistrée au {fr(on)} : la corriger, ou clore d’abord cette "
            f"procédure par "
            "breach-closed.",
            f"step “{fact.step}” is already recorded on {en(on)}: correct it, or close this procedure first "
            "by breach-closed.",
        )
    if fact.step in _AFTER_THE_LETTER:
        _after_the_letter(breach, run, fact)


@check
def check_closed(case: CheckContext, fact: BreachClosed) -> None:
    """Refuse to close a procedure nobody opened, before its last step, or after the end of the term."""
    breach = _breach(case, fact.breach)
    run = _running(case, breach)
    if run is None:
        raise refusal(
            f"aucune procédure « {breach.id} » n’est en cours : enregistrer d’abord ce qui l’ouvre, par breach-step.",
            f"no procedure “{breach.id}” is running: record first what opens it, by breach-step.",
        )
    last = max(step.on for step in run.steps.values())
    if fact.on < last:
        raise refusal(
            f"la procédure a encore eu une étape le {fr(last)} : elle ne peut pas être close le {fr(fact.on)}.",
            f"the procedure had a step on {en(last)}: it cannot be closed on {en(fact.on)}.",
        )
    end = case.s.natural_end
    if end is not None and fact.on > end:
        raise refusal(
            f"la convention s’achève d’elle-même le {fr(end)} : la procédure ne peut pas y mettre fin le "
            f"{fr(fact.on)}.",
            f"the convention ends by itself on {en(end)}: the procedure cannot end it on {en(fact.on)}.",
        )


@check
def check_resumed(case: CheckContext, fact: Resumed) -> None:
    """Refuse to resume what is not suspended; what a breach suspended resumes when the breach is closed."""
    pauses = case.s.pauses
    if any(p.cause != "breach" and p.until is None and p.first <= fact.on for p in pauses):
        return
    if any(p.cause == "breach" and p.covers(fact.on) for p in pauses):
        raise refusal(
            "la suspension vient d’un manquement : elle cesse quand la procédure est close, par breach-closed.",
            "a breach suspended it: that ends when the procedure is closed, by breach-closed.",
        )
    raise refusal(
        f"la convention n’était pas suspendue le {fr(fact.on)} : il n’y a rien à reprendre.",
        f"the convention was not suspended on {en(fact.on)}: there is nothing to resume.",
    )


def _breach(case: CheckContext, breach_id: str) -> Breach:
    known = {breach.id: breach for breach in case.convention.breach}
    if breach_id not in known:
        raise unknown(both("la procédure de manquement", "the breach procedure"), breach_id, known)
    return known[breach_id]


def _running(case: CheckContext, breach: Breach) -> Run | None:
    runs = (run for run in case.s.breach_cases if run.breach.id == breach.id and run.closed is None)
    return next(runs, None)


def _step_of_the_clause(case: CheckContext, breach: Breach, fact: BreachStep) -> None:
    steps: list[str] = [step.does for step in breach.steps if step.does != "ends"] or ["found"]
    if fact.step not in steps:
        raise refusal(
            f"« {fact.step} » n’est pas une étape de cette clause ({case.quote(breach.clauses)}) ; les "
            f"étapes sont : "
            f"{', '.join(steps)}.",
            f"“{fact.step}” is not a step of this clause ({case.quote_en(breach.clauses)}); the steps are: "
            f"{', '.join(steps)}.",
        )


def _between_whom(case: CheckContext, breach: Breach, run: Run | None, fact: BreachStep) -> None:
    """« L’une des parties … l’autre » : who is complained of is said when it begins, and stays; who complains too."""
    parties = ", ".join(case.convention.parties)
    for party in (fact.against, fact.who):
        if party is not None:
            case.party(party)
    accused = (run.breach if run is not None else breach).against
    if fact.against is not None and accused != (OTHER,) and fact.against not in accused:
        raise refusal(
            f"against : cette procédure met en cause {', '.join(accused)}, non « {fact.against} ».",
            f"against: this procedure is held against {', '.join(accused)}, not “{fact.against}”.",
        )
    if breach.against != (OTHER,):
        return
    if run is None and fact.against is None:
        raise refusal(
            f"la clause dit « l’autre partie » : laquelle est mise en cause ? La dire par against ({parties}).",
            f"the clause says “the other party”: which one is complained of? Say it by against ({parties}).",
        )
    if run is None and fact.against is not None:
        if fact.who == fact.against:
            raise refusal(
                "who : la partie qui se plaint n’est pas celle qui est mise en cause.",
                "who: the party that complains is not the one complained of.",
            )
        if complainant(case.convention, fact.against, fact.who) is None:
            raise refusal(
                "plusieurs parties peuvent se plaindre de nous : dire laquelle par who.",
                "several parties may complain of us: say which one by who.",
            )


def _during_the_term(case: CheckContext, on: date) -> None:
    start = case.in_force("aucun manquement ne peut encore être constaté", "no breach can be found yet")
    end = case.s.ends_on
    if on < start or (end is not None and on > end):
        until = f" au {fr(end)}" if end is not None else ""
        until_en = f" to {en(end)}" if end is not None else ""
        raise refusal(
            f"le {fr(on)}, la convention n’était pas en vigueur ; elle l’est du {fr(start)}{until}.",
            f"on {en(on)} the convention was not in force; it is from {en(start)}{until_en}.",
        )


def _post_in_order(fact: BreachStep) -> None:
    days = [day for day in (fact.on, fact.presented_on, fact.delivered_on) if day is not None]
    if days != sorted(days):
        raise refusal(
            "une lettre est postée (on), présentée (presented_on), puis remise (delivered_on) : ces dates se "
            "contredisent.",
            "a letter is posted (on), presented (presented_on), then delivered (delivered_on): these days conflict.",
        )


def _after_the_letter(breach: Breach, run: Run | None, fact: BreachStep) -> None:
    letters = [step.does for step in breach.steps if step.does in LETTERS]
    if not letters:
        return
    letter = run.fact(*LETTERS) if run is not None else None
    if letter is None:
        raise refusal(
            f"« {fact.step} » répond à une lettre qui n’est pas enregistrée : enregistrer d’abord l’étape "
            f"{letters[0]}.",
            f"“{fact.step}” answers a letter that is not recorded: record the step {letters[0]} first.",
        )
    if fact.on < letter.on:
        raise refusal(
            f"« {fact.step} » ne peut pas précéder la lettre du {fr(letter.on)}.",
            f"“{fact.step}” cannot precede the letter of {en(letter.on)}.",
        )


@hangs
def step_hangs(fact: BreachStep | BreachClosed, change: Change) -> bool:
    """A step hangs on the run that the fact gone opened, or on the letter that it answers."""
    if not change.cancelled:
        return False
    run = next((r for r in change.before.breach_cases if fact in r.steps.values() or fact == r.closed), None)
    if run is None:
        return False
    a_letter = isinstance(fact, BreachStep) and fact.step in (*LETTERS, "suspend")
    return run.id == change.gone.id or (run.fact(*LETTERS) == change.gone.fact and not a_letter)


@hangs
def resumption_hangs(fact: Resumed, change: Change) -> bool:
    """A resumption hangs on the suspension that it ends."""
    return any(p.until == fact.on for p in change.before.pauses) and all(
        p.until != fact.on for p in change.after.pauses
    )
