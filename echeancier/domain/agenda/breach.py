"""A breach: reasons, comments or cure, decision, end; what was recorded, what is awaited, and how its days were counted."""

from datetime import date, timedelta
from typing import Final

from echeancier.domain.agenda.items import Item, Nature, State
from echeancier.domain.agenda.procedure import Found, roles_of, state_of
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.notice import EffectRange
from echeancier.domain.dates.proof import (
    END,
    Proof,
    Step,
    cited,
    counted_after,
    given,
    named_first,
    note,
    without_safe,
    worked,
)
from echeancier.domain.dates.proof import kept as again
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.breach import BreachStep
from echeancier.domain.model import Text
from echeancier.domain.standing.breach import (
    POSTING,
    AnswerTime,
    BreachEnd,
    how_it_ends,
    lived_by,
    received_so,
    window_of,
)
from echeancier.domain.standing.breach_cases import ANSWERS, LETTERS, BreachRun
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.clauses import BreachProcedureStep

TITLES: Final[dict[str, Text]] = {
    "found": Text(fr="Manquement constaté", en="Breach recorded"),
    "inform-reasons": Text(fr="Manquement : lettre qui en donne les motifs", en="Breach: letter giving the reasons"),
    "comment": Text(fr="Manquement : observations", en="Breach: comments"),
    "decide": Text(fr="Manquement : décision, par lettre recommandée", en="Breach: decision, by registered letter"),
    "suspend": Text(fr="Manquement : suspension immédiate", en="Breach: suspended at once"),
    "formal-notice": Text(fr="Manquement : mise en demeure", en="Breach: formal notice"),
    "cure": Text(fr="Manquement : y remédier", en="Breach: cure it"),
    "ends": Text(fr="Manquement : dernier jour en vigueur", en="Breach: last day in force"),
}


_RECORDED = "fin enregistrée : dernier jour en vigueur le {}, à minuit"


def _no_timer(case: BreachRun, day: date | None) -> Proof:
    """Why a breach without steps has no day, or who gave it one."""
    if day is not None:
        return (given(day, case.closed_by, _RECORDED, "legal"),)
    if case.closed is not None:
        return (given(case.closed.on, case.closed_by, "close le {} : la convention continue"),)
    return (note("le texte ne donne ni délai ni forme : seule une fin enregistrée par une personne a une date"),)


def _time_to_answer(
    s: Situation, window: AnswerTime | None, step: BreachProcedureStep, letter: BreachStep | None
) -> Proof:
    """How the time to answer was counted, both readings where there are two."""
    if window is None or step.delay is None or letter is None:
        return (note("attend la lettre qui ouvre le délai"),)
    kept = "de l’envoi" if window.kept == window.starts[0] and window.reading.id == POSTING else "de la réception"
    later = max(window.raw, window.days.other or window.raw)
    counted = counted_after(window.kept, step.delay, window.days, cited(step.clauses))
    proof: Proof = (
        *received_so(letter, s.calendar),
        *named_first(step.delay),
        again(window.kept, f"{kept} le {{}}"),
        *(counted if window.ours else without_safe(counted)),
    )
    if window.ours:
        safe = s.calendar.prev_workable(window.raw)
        proof = *proof, worked("prev_workable", window.raw, safe, " ; à faire au plus tard le {}, jour travaillé")
    else:
        says = " ; pas écoulé avant le {} au soir" if window.last != window.raw else ""
        proof = *proof, worked("next_open", later, window.last, says, "legal")
    if not window.reading.settled and window.starts[0] != window.starts[1]:
        both = again(window.starts[0], " ; envoi le {}"), again(window.starts[1], ", réception le {} : deux lectures")
        proof = *proof, *both
    return proof


def _how_it_ends(s: Situation, case: BreachRun, step: BreachProcedureStep, found: BreachEnd, day: date) -> Proof:
    """How the last day in force was counted, from the earliest reading to the latest."""
    end = found.range
    if case.closed is not None:
        return *found.proof, again(end.expected, _RECORDED), *_lived_by(s, end, day)
    origin = _answers(case) if step.starts == "answer" else _without_cure(case)
    proof: Proof = (*found.proof, *origin, again(end.expected, " → {}"))
    if end.earliest != end.latest:
        proof = *proof, again(end.earliest, " ; au plus tôt le {}"), again(end.latest, ", au plus tard le {}")
    kept = _lived_by(s, end, day)
    if end.earliest == end.latest:
        return *proof, *kept
    why = "lecture la plus proche" if s.convention.us in case.breach.against else "jamais trop tôt"
    return *proof, *kept, again(day, f" ; retenu : le {{}}, {why}")


def _lived_by(s: Situation, end: EffectRange, day: date) -> Proof:
    """The reading we live by, or the natural end where that comes first."""
    safe = worked("prev_workable", day, s.calendar.prev_workable(day))
    if day in (end.earliest, end.expected, end.latest):
        return again(day, gives="legal"), safe
    return given(day, END, "", "legal"), safe


def _without_cure(case: BreachRun) -> Proof:
    letter, cure = case.fact(*LETTERS), case.defined("cure")
    delay = f" + {delay_in_words(cure.delay)}" if cure is not None and cure.delay is not None else ""
    automatic = note(f"{delay} sans remède : fin automatique")
    if cure is not None and cure.starts == "sending" and letter is not None:
        return again(letter.on, "mise en demeure envoyée le {}"), automatic
    if letter is not None and letter.delivered_on is not None:
        return again(letter.delivered_on, "mise en demeure reçue le {}"), automatic
    return note("mise en demeure, réception estimée"), automatic


def _answers(case: BreachRun) -> Proof:
    comments, decision = case.fact("comment"), case.fact("decide")
    words: list[Step] = [note("un mois à compter de « la réponse » (")]
    if comments is not None:
        words.append(again(comments.on, "observations du {}"))
    if decision is not None:
        words.append(again(decision.on, " ; décision du {}" if comments is not None else "décision du {}"))
        if decision.delivered_on is not None:
            words.append(again(decision.delivered_on, ", reçue le {}"))
    return *words, note(")")


def breach(s: Situation) -> Found:
    """Yield the steps of every breach procedure that was opened; a clause without steps starts no timer."""
    for case in s.breach_cases:
        if not case.breach.steps:
            yield _recorded_only(s, case)
            continue
        for step in case.breach.steps:
            if step.does in ANSWERS:
                yield _answer(s, case, step)
            elif step.does == "ends":
                yield from _end(s, case, step)
            else:
                yield _done_by(s, case, step)


def step_key(case: BreachRun, does: str) -> str:
    """Return the key of a step: one per run of the procedure."""
    return key_of(case.breach.id, case.id, does)


def _recorded_only(s: Situation, case: BreachRun) -> Item:
    found = case.fact("found")
    closed = case.closed
    day = closed.on if closed is not None and closed.outcome == "maintained" else None
    return Item(
        series=case.breach.id, occurrence=case.id, step="found", event=case.id, settled_by="breach-step",
        nature=Nature.RUNNING if day else Nature.DUTY, kind="termination" if day else "breach", title=TITLES["found"],
        clause=s.clause(case.breach.clauses), owed_by=s.convention.together, owed_to=s.convention.together,
        opens_on=found.on if found else None, legal_last_day=day, rule="breach_recorded", proof=_no_timer(case, day),
        certainty=Certainty.CERTAIN, state=_over(case) or State.RUNNING, responsible=_ours(s),
    )  # fmt: skip


def _done_by(s: Situation, case: BreachRun, step: BreachProcedureStep) -> Item:
    """A step that the text gives no time for: the letter, the suspension, the decision."""
    fact = case.fact(step.does)
    opens = _decision_opens(s, case) if step.does == "decide" else None
    if step.does == "suspend" and fact is None:
        fact = case.fact("formal-notice")  # « immédiatement »: the notice itself comes after the suspension
    state = State.DONE if fact else _over(case) or State.WAITING
    if step.does == "suspend" and fact is not None and not case.closed and not s.is_over:
        state = State.SUSPENDED
    return Item(
        series=case.breach.id, occurrence=case.id, step=step.does, event=case.id, settled_by="breach-step",
        kind="suspension" if step.does == "suspend" else "breach", title=TITLES[step.does],
        clause=s.clause(step.clauses), owed_by=step.who, owed_to=_accused(s, case), opens_on=fact.on if fact else opens,
        rule="breach_step", proof=_when_recorded(case.id, fact.on if fact else None, opens), certainty=Certainty.CERTAIN,
        state=state, done_on=fact.on if fact else None, responsible=roles_of(s, step.who, ()), informed=_ours(s),
    )  # fmt: skip


def _when_recorded(case: str, done: date | None, opens: date | None) -> Proof:
    if done is not None:
        return (given(done, case, "enregistré au {}"),)
    unsaid = note("le texte ne donne pas de délai")
    return (unsaid,) if opens is None else (unsaid, given(opens, case, " ; pas avant le {}"))


def _decision_opens(s: Situation, case: BreachRun) -> date | None:
    """The decision follows the comments, or the end of the time given for them."""
    comments = case.fact("comment")
    if comments is not None:
        return comments.on
    window = window_of(s, case)
    return window.last + timedelta(days=1) if window else None


def _answer(s: Situation, case: BreachRun, step: BreachProcedureStep) -> Item:
    window = window_of(s, case)
    fact = case.fact(step.does)
    done = fact.on if fact else s.done_on(step_key(case, step.does))
    letter = case.fact(*LETTERS)
    ours = step.who == s.convention.us
    settled = window is None or (window.reading.settled and len(set(window.starts)) == 1 and window.raw == window.last)
    return Item(
        series=case.breach.id, occurrence=case.id, step=step.does, event=case.id, settled_by="breach-step",
        nature=Nature.DUTY if ours else Nature.RUNNING, kind="answer", title=TITLES[step.does],
        clause=s.clause(step.clauses), owed_by=step.who,
        owed_to=next((x.who for x in case.breach.steps if x.does in LETTERS), s.convention.together),
        opens_on=letter.on if letter else None, legal_last_day=window.last if window else None,
        safe_day=s.calendar.prev_workable(window.raw) if window and ours else None,
        rule="cure_period" if step.does == "cure" else "comment_period",
        proof=_time_to_answer(s, window, step, letter), certainty=Certainty.CERTAIN if settled else Certainty.CONTESTED,
        state=_answer_state(s, case, window, done, ours=ours), done_on=done,
        responsible=roles_of(s, step.who, ()) if not ours else _ours(s), informed=_ours(s),
    )  # fmt: skip


def _answer_state(s: Situation, case: BreachRun, window: AnswerTime | None, done: date | None, *, ours: bool) -> State:
    if done is None and (over := _over(case)) is not None:
        return over
    if ours or window is None or done is not None:
        state = state_of(s, opens_on=None, last_day=window.last if window else None, done_on=done)
        # Answering is a right: letting its time go by has its own consequence, it is not a duty to chase.
        return State.ELAPSED if state is State.LATE else state
    return State.RUNNING if s.today <= window.last else State.ELAPSED


def _end(s: Situation, case: BreachRun, step: BreachProcedureStep) -> Found:
    found = how_it_ends(s, case)
    if found is None:
        return
    end = found.range
    day = lived_by(s, case, end)
    if s.natural_end is not None:
        day = min(day, s.natural_end)
    contested = end.earliest != end.latest
    automatic = step.starts != "answer"
    yield Item(
        series=case.breach.id, occurrence=case.id, step="ends", event=case.id, settled_by="breach-step",
        nature=Nature.RUNNING, kind="termination", title=TITLES["ends"], clause=s.clause(step.clauses), owed_by=step.who,
        owed_to=s.convention.together, opens_on=_opened(case), legal_last_day=day, safe_day=s.calendar.prev_workable(day),
        effect_range=end if contested else None,
        rule="breach_recorded" if case.closed else "automatic_end" if automatic else "answer_month",
        proof=_how_it_ends(s, case, step, found, day), certainty=Certainty.CONTESTED if contested else Certainty.CERTAIN,
        state=State.DONE if s.today > day else State.RUNNING, responsible=_ours(s),
    )  # fmt: skip


def _opened(case: BreachRun) -> date | None:
    days = [fact.on for fact in case.steps.values()]
    return min(days) if days else None


def _over(case: BreachRun) -> State | None:
    """What a closed case leaves behind: nothing more to do."""
    if case.closed is None:
        return None
    return State.DONE if case.closed.outcome == "maintained" else State.CANCELLED


def _accused(s: Situation, case: BreachRun) -> str:
    return case.breach.against[0] if len(case.breach.against) == 1 else s.convention.together


def _ours(s: Situation) -> tuple[str, ...]:
    return (s.convention.coordinator, s.convention.manager)
