"""Suspension: from which day, until what has happened, and the same warning for as long as it lasts."""

from echeancier.domain.agenda.items import Item, Nature, State, Warning
from echeancier.domain.agenda.procedure import Found, first_day_asked
from echeancier.domain.dates.delay import exceeds
from echeancier.domain.dates.proof import Operand, Proof, Step, cited, given, note, strictly
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts import events as e
from echeancier.domain.model import Text
from echeancier.domain.standing.first_day import as_answered
from echeancier.domain.standing.situation import Situation
from echeancier.domain.standing.suspension import Pause


def suspension(s: Situation) -> Found:
    """Yield each suspension, what it waits for to end, and a warning while one runs.

    A suspension by a breach has its own item among the steps of that breach; here it only warns.
    """
    rule = s.convention.suspension
    if rule is not None and rule.absence is not None:
        called = Text(fr="Suspension pour absence", en="Suspended for an absence")
        yield from first_day_asked(s, rule.id, called, rule.absence, rule.clauses)
    for pause in s.pauses:
        if pause.cause != "breach":
            yield _suspended(s, pause)
            yield _resumption(s, pause)
        if pause.covers(s.today) and not s.is_over:
            yield _warning(s, pause)


def _suspended(s: Situation, pause: Pause) -> Item:
    by_absence = pause.cause == "absence"
    title = (
        Text(fr="Suspension : absence trop longue", en="Suspended: too long an absence")
        if by_absence
        else Text(fr="Suspension : départ", en="Suspended: departure")
    )
    return Item(
        series=pause.series, occurrence=pause.id, event=pause.id, nature=Nature.FACT, settled_by=None,
        kind="suspension", title=title, clause=s.clause(pause.clauses),
        owed_by=s.convention.together, owed_to=s.convention.together,
        opens_on=pause.first, legal_last_day=pause.first,
        rule=_rule(s) if by_absence else "suspended_at_once",
        proof=_since(s, pause), certainty=_certainty(s, pause), state=_state(s, pause), responsible=_roles(s),
    )  # fmt: skip


def _certainty(s: Situation, pause: Pause) -> Certainty:
    """A length in months from a state may be exceeded on the next day only; where the text does not say, it is asked."""
    rule = s.convention.suspension
    if pause.cause != "absence" or rule is None or rule.absence is None:
        return Certainty.CERTAIN
    threshold = as_answered(s, rule.id, rule.absence)
    exceeded = exceeds(pause.since, threshold, s.calendar)
    return Certainty.CONTESTED if exceeded.safe != exceeded.strict or threshold.since is None else Certainty.CERTAIN


def _rule(s: Situation) -> str:
    threshold = s.convention.suspension.absence if s.convention.suspension else None
    plain = threshold is not None and threshold.days is not None and threshold.since != "event"
    return "absence_exceeds_days" if plain else "absence_exceeds"


def _since(s: Situation, pause: Pause) -> Proof:
    if pause.cause == "departure":
        return (given(pause.since, pause.id, "départ le {} → suspendue dès ce jour", "legal"),)
    rule = s.convention.suspension
    if rule is None or rule.absence is None:
        return ()
    threshold = as_answered(s, rule.id, rule.absence)
    strict = exceeds(pause.since, threshold, s.calendar).strict
    taken, says = (Operand(pause.since), Operand(threshold, cited(rule.clauses))), "{o1} → suspendue à partir du {}"
    since = given(pause.since, pause.id, "absence depuis le {} : ")
    kept = Step("exceeded", taken, pause.first, says, "legal")
    if strict == pause.first:
        return since, kept
    return since, kept, *strictly(pause.since, threshold, strict, " ; au sens strict, le {}")


def _state(s: Situation, pause: Pause) -> State:
    if s.today < pause.first:
        return State.UPCOMING
    return State.SUSPENDED if pause.covers(s.today) and not s.is_over else State.DONE


def _resumption(s: Situation, pause: Pause) -> Item:
    rule = s.convention.suspension
    returned = [x.on for _, x in s.of_event(e.AGENT_BACK) if x.on > pause.first]
    needs = rule.resumes_after if rule else ""
    resumes = f"reprend {needs or 'quand une personne l’enregistre'}"
    told = f" (retour enregistré au {figures(returned[-1])})" if returned and pause.until is None else ""
    return Item(
        series=pause.series, occurrence=pause.id, step="resume", event=pause.id, settled_by="resumed",
        kind="suspension", title=Text(fr="Reprise de la convention", en="The convention resumes"),
        clause=s.clause(pause.clauses), owed_by=s.convention.together, owed_to=s.convention.together,
        opens_on=pause.first, rule="resumption",
        proof=(note(resumes + told) if pause.until is None else given(pause.until, pause.ended_by, "repart le {}"),),
        certainty=Certainty.CERTAIN, state=State.DONE if pause.until else State.WAITING, done_on=pause.until,
        responsible=_roles(s),
    )  # fmt: skip


def _warning(s: Situation, pause: Pause) -> Warning:
    rule = s.convention.suspension
    extends = rule is not None and rule.extends and pause.cause != "breach"
    return Warning(
        id=f"suspended/{pause.id}",
        text=Text(
            fr=f"Suspendu depuis le {figures(pause.first)} : les obligations périodiques concernées ne courent plus ; "
            + ("la durée est prolongée d’autant." if extends else "le terme, lui, ne bouge pas."),
            en=f"Suspended since {pause.first}: the recurring duties concerned no longer run; "
            + ("the term is prolonged by as much." if extends else "the term does not move."),
        ),
        clause=s.clause(pause.clauses),
    )


def _roles(s: Situation) -> tuple[str, ...]:
    return (s.convention.coordinator, s.convention.manager)
