"""A breach: reasons, comments or cure, decision, end; what was recorded, what is awaited, and how its days were counted."""

from datetime import date, timedelta
from typing import Final

from echeancier.domain.agenda.items import Item, Nature, State
from echeancier.domain.agenda.procedure import Found, how_counted, roles_of, state_of
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.notice import EffectRange
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Text
from echeancier.domain.standing.breach import POSTING, AnswerTime, end_of, lived_by, window_of
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


def no_timer(case: BreachRun, day: date | None) -> str:
    """Return why a breach without steps has no day, or who gave it one."""
    if day is not None:
        return f"fin enregistrée : dernier jour en vigueur le {figures(day)}, à minuit"
    if case.closed is not None:
        return f"close le {figures(case.closed.on)} : la convention continue"
    return "le texte ne donne ni délai ni forme : seule une fin enregistrée par une personne a une date"


def window_trace(s: Situation, window: AnswerTime | None, step: BreachProcedureStep) -> str:
    """Return how the time to answer was counted, both readings where there are two."""
    if window is None or step.delay is None:
        return "attend la lettre qui ouvre le délai"
    kept = "de l’envoi" if window.kept == window.starts[0] and window.reading.id == POSTING else "de la réception"
    words = [how_counted(f"{kept} le {figures(window.kept)}", step.delay, window.days)]
    if window.ours:
        safe = s.calendar.prev_workable(window.raw)
        words.append(f"à faire au plus tard le {figures(safe)}, jour travaillé")
    elif window.last != window.raw:
        words.append(f"pas écoulé avant le {figures(window.last)} au soir")
    if not window.reading.settled and window.starts[0] != window.starts[1]:
        words.append(f"envoi le {figures(window.starts[0])}, réception le {figures(window.starts[1])} : deux lectures")
    return " ; ".join(words)


def end_trace(s: Situation, case: BreachRun, step: BreachProcedureStep, end: EffectRange, day: date) -> str:
    """Return how the last day in force was counted, from the earliest reading to the latest."""
    if case.closed is not None:
        return f"fin enregistrée : dernier jour en vigueur le {figures(day)}, à minuit"
    if step.starts == "answer":
        origin = _answers(case)
    else:
        letter = case.fact(*LETTERS)
        received = letter.delivered_on if letter else None
        cure = case.defined("cure")
        sent = cure is not None and cure.starts == "sending"
        origin = f"mise en demeure reçue le {figures(received)}" if received else "mise en demeure, réception estimée"
        if sent and letter is not None:
            origin = f"mise en demeure envoyée le {figures(letter.on)}"
        origin += f" + {delay_in_words(cure.delay) if cure and cure.delay else 0} sans remède : fin automatique"
    words = [f"{origin} → {figures(end.expected)}"]
    if end.earliest != end.latest:
        words.append(f"au plus tôt le {figures(end.earliest)}, au plus tard le {figures(end.latest)}")
        against_us = s.convention.us in case.breach.against
        words.append(f"retenu : le {figures(day)}, " + ("lecture la plus proche" if against_us else "jamais trop tôt"))
    return " ; ".join(words)


def _answers(case: BreachRun) -> str:
    comments, decision = case.fact("comment"), case.fact("decide")
    words = [f"observations du {figures(comments.on)}"] if comments else []
    if decision is not None:
        received = f", reçue le {figures(decision.delivered_on)}" if decision.delivered_on else ""
        words.append(f"décision du {figures(decision.on)}{received}")
    return "un mois à compter de « la réponse » (" + " ; ".join(words) + ")"


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
        clause=s.clause(case.breach.clauses), owed_by="both", owed_to="both",
        opens_on=found.on if found else None, legal_last_day=day, rule="breach_recorded", trace=no_timer(case, day),
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
        clause=s.clause(step.clauses), owed_by=step.who, owed_to=_accused(case), opens_on=fact.on if fact else opens,
        rule="breach_step", trace=_step_trace(fact.on if fact else None, opens), certainty=Certainty.CERTAIN,
        state=state, done_on=fact.on if fact else None, responsible=roles_of(s, step.who, ()), informed=_ours(s),
    )  # fmt: skip


def _step_trace(done: date | None, opens: date | None) -> str:
    if done is not None:
        return f"enregistré au {figures(done)}"
    return "le texte ne donne pas de délai" + (f" ; pas avant le {figures(opens)}" if opens else "")


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
        owed_to=next((x.who for x in case.breach.steps if x.does in LETTERS), "both"),
        opens_on=letter.on if letter else None, legal_last_day=window.last if window else None,
        safe_day=s.calendar.prev_workable(window.raw) if window and ours else None,
        rule="cure_period" if step.does == "cure" else "comment_period",
        trace=window_trace(s, window, step), certainty=Certainty.CERTAIN if settled else Certainty.CONTESTED,
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
    end = end_of(s, case)
    if end is None:
        return
    day = lived_by(s, case, end)
    if s.natural_end is not None:
        day = min(day, s.natural_end)
    contested = end.earliest != end.latest
    automatic = step.starts != "answer"
    yield Item(
        series=case.breach.id, occurrence=case.id, step="ends", event=case.id, settled_by="breach-step",
        nature=Nature.RUNNING, kind="termination", title=TITLES["ends"], clause=s.clause(step.clauses), owed_by=step.who,
        owed_to="both", opens_on=_opened(case), legal_last_day=day, safe_day=s.calendar.prev_workable(day),
        effect_range=end if contested else None,
        rule="breach_recorded" if case.closed else "automatic_end" if automatic else "answer_month",
        trace=end_trace(s, case, step, end, day), certainty=Certainty.CONTESTED if contested else Certainty.CERTAIN,
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


def _accused(case: BreachRun) -> str:
    return case.breach.against[0] if len(case.breach.against) == 1 else "both"


def _ours(s: Situation) -> tuple[str, ...]:
    return (s.convention.coordinator, s.convention.manager)
