"""The end.

The last day in force and how sure it is, what must be destroyed or closed after it, what survives, the closing of the
file.
"""

from datetime import date, timedelta

from echeancier.domain.agenda.end_proof import counted, end_proof, other_sum
from echeancier.domain.agenda.items import Item, Nature, Question, ReadingShown, State
from echeancier.domain.agenda.procedure import (
    Found,
    days_after,
    opening,
    roles_of,
    rule_of,
    side_name,
    state_of,
)
from echeancier.domain.agenda.tacit import periods_in_doubt
from echeancier.domain.dates.delay import Days
from echeancier.domain.dates.first_term import TermLength, is_contested, other_end
from echeancier.domain.dates.notice import EffectRange
from echeancier.domain.dates.proof import (
    END,
    POLICY,
    Proof,
    cited,
    counted_after,
    day_given,
    given,
    named_first,
    note,
    worked,
)
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.personal_data import CertificateReceived
from echeancier.domain.model import Text
from echeancier.domain.standing import exits, renewals
from echeancier.domain.standing import parent as parents
from echeancier.domain.standing.amendments import is_settled
from echeancier.domain.standing.breach import end_of
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.litigation import holds_back, later
from echeancier.domain.standing.parent import OWN_DATE
from echeancier.domain.standing.situation import DAY_RULES, LENGTH_RULES, WHICH_END, Situation
from echeancier.domain.terms.duties import EndDuty


def end_range(s: Situation) -> EffectRange | None:
    """Return the last days in force under the readings of what decides the end, None where they agree."""
    if s.ends_on is None:
        return None
    case = s.ends_by_breach
    if case is not None:
        found = end_of(s, case)
    elif (letter := next((x for x in s.letters if x.ends_on == s.ends_on), None)) is not None:
        effect = letter.effect
        found = EffectRange(earliest=effect.earliest, expected=effect.expected, latest=effect.latest)
    else:
        found = (
            _of_an_exit(s)
            or _of_a_silent_annex(s)
            or _of_a_year_from_signature(s)
            or _of_years_begun_late(s)
            or _of_rival_amendments(s)
        )
    return found if found is not None and found.earliest != found.latest else None


def end_certainty(s: Situation) -> Certainty:
    """Return how sure the end is; a parent that the text does not name rightly leaves it to be confirmed."""
    if s.ends_on is None:
        known = renewals.period_of(s) is not None and renewals.denial_of(s.convention) is not None
        return Certainty.CERTAIN if s.renews_itself and known and not periods_in_doubt(s) else Certainty.CONTESTED
    if end_range(s) is not None or _own_end_in_doubt(s) or _parent_in_doubt(s):
        return Certainty.CONTESTED
    if (counted := _ends_as_counted(s)) is not None and is_contested(*counted):
        return Certainty.CONTESTED
    blank = s.amendment is None and (s.convention.term.question or s.convention.effect.question)
    return Certainty.CHOSEN if blank and s.ends_on == s.own_end else Certainty.CERTAIN


def _own_end_in_doubt(s: Situation) -> bool:
    """No text says how the days of a suspension are given back; amendments may contradict one another, a length its last day."""
    moved = (
        s.was_prolonged or not is_settled(s) or bool(other_sum(s)) or renewals.cut_in_doubt(s) or _renewed_in_doubt(s)
    )
    return s.ends_on == s.own_end and moved


def _renewed_in_doubt(s: Situation) -> bool:
    """What was doubtful of the first term stays so once it is renewed."""
    return (s.is_tacit or bool(s.renewed_on)) and s.amendment is None and periods_in_doubt(s)


def _parent_in_doubt(s: Situation) -> bool:
    parent, silent = s.convention.parent, parents.fate(s)
    inherited = s.ends_on == s.parent_end and s.ends_on != s.own_end
    if inherited and parent is not None and parent.contradictory and s.answer(parents.WHICH_PARENT) is None:
        return True
    return s.falls_with_its_parent and silent is not None and not silent.settled


def end_rule(s: Situation) -> str:
    """Return the rule that gave the end."""
    if s.renews_itself:
        return "tacit_end"
    if (early := _early_rule(s)) is not None:
        return early
    from_above = s.convention.term.with_parent or s.convention.term.within_parent
    inherited = s.ends_on != s.own_end or (s.own_end is None and from_above)
    if inherited or s.falls_with_its_parent:
        return "parent_end"
    return _own_rule(s)


def _early_rule(s: Situation) -> str | None:
    """The rule of what ends it before its time: a breach, an event, a letter; None where nothing does."""
    if (case := s.ends_by_breach) is not None:
        ends = case.defined("ends")
        if case.closed is not None or ends is None:
            return "breach_recorded"
        return "answer_month" if ends.starts == "answer" else "automatic_end"
    if s.ended_of_right is not None:
        return "ended_of_right"
    letters = (letter.ends_on for letter in s.letters if letter.ends_on is not None)
    return "notice_last_day" if any(day == s.ends_on for day in letters) else None


def _own_rule(s: Situation) -> str:
    """The last of its own rules to change the end: the renewal, the suspension, the amendment, the term."""
    if s.own_end not in (s.first_end, s.agreed_end) and (s.is_tacit or s.renewed_on):
        return "tacit_end" if s.is_tacit else "renewed_end"
    if s.was_prolonged:
        return "suspended_end"
    if s.amendment is not None:
        return "amended_end"
    found = counted(s)
    return "first_term" if found is not None and found[1].months is None else "term_last_day"


def end_clauses(s: Situation) -> tuple[str, ...]:
    """Return the clauses that give the end: of the breach, the notice or the suspension that moves it, else of the term."""
    if (case := s.ends_by_breach) is not None:
        ends = case.defined("ends")
        return ends.clauses if ends is not None else case.breach.clauses
    if (of_right := s.ended_of_right) is not None:
        return of_right.rule.clauses
    letter = next((x for x in s.letters if x.ends_on is not None and x.ends_on == s.ends_on), None)
    if letter is not None:
        return letter.rule.clauses
    suspension = s.convention.suspension
    rule = end_rule(s)
    if suspension is not None and rule == "suspended_end":
        return suspension.clauses
    return (s.convention.renewal.clauses if rule in ("tacit_end", "renewed_end") else ()) or s.convention.term.clauses


def _of_an_exit(s: Situation) -> EffectRange | None:
    """One of several parties leaves, and nobody says yet whether that ends it for all."""
    ends = [x.own_end for x in s.letters if x.alone and x.own_end is not None and not exits.is_settled(s, x.rule)]
    if not ends or s.ends_on is None or min(ends) >= s.ends_on:
        return None
    return EffectRange(earliest=min(ends), expected=s.ends_on, latest=s.ends_on)


def _of_a_silent_annex(s: Situation) -> EffectRange | None:
    """Its parent was ended early, its own words are silent or disputed, and nobody answered: two ends."""
    gone, silent = parents.terminated_on(s), parents.fate(s)
    if gone is None or silent is None or silent.settled or s.own_end is None or gone >= s.own_end:
        return None
    expected = s.own_end if silent.id == OWN_DATE else gone
    return EffectRange(earliest=gone, expected=expected, latest=s.own_end)


def _of_a_year_from_signature(s: Situation) -> EffectRange | None:
    """« Un an à compter de la signature »: the eve of the anniversary, or the anniversary itself."""
    if s.anniversary_end is None or s.term_reading.settled or s.ends_on != s.own_end or s.own_end != s.agreed_end:
        return None
    assert s.own_end is not None  # noqa: S101 - it equals the end, which is known
    return EffectRange(earliest=s.own_end, expected=s.own_end, latest=s.anniversary_end)


def _of_rival_amendments(s: Situation) -> EffectRange | None:
    """Two amendments of one effect and one number, and nobody answered which one rules."""
    if (
        s.own_end is None
        or s.ends_on != s.own_end
        or s.own_end != s.agreed_end
        or not s.amendments.rivals
        or is_settled(s)
    ):
        return None
    rivals = s.amendments.rivals
    return EffectRange(earliest=rivals[0].ends_on, expected=s.own_end, latest=rivals[-1].ends_on)


def _of_years_begun_late(s: Situation) -> EffectRange | None:
    """« Trois années civiles », or scolaires, the first one begun late: it counts, or it does not."""
    counted = _ends_as_counted(s)
    other = other_end(*counted) if counted is not None else None
    if s.ends_on is None or other is None:
        return None
    return EffectRange(earliest=s.ends_on, expected=s.ends_on, latest=other)


def _ends_as_counted(s: Situation) -> tuple[date, TermLength] | None:
    """Return the same where nothing moves that end, renews it or cuts it short."""
    moved = s.own_end != s.agreed_end or s.ends_on != s.own_end or s.falls_with_its_parent
    return None if moved else counted(s)


WAS_DONE = "was-done/"
"""How the id of a question about a duty of the end begins."""


def ending(s: Situation) -> Found:
    """Yield the last day in force and the duties of the end, asking about those whose day was over at registration."""
    yield from s.computed_once("ending", "", s, lambda: tuple(_ending(s)))


def _ending(s: Situation) -> Found:
    end = s.ends_on
    yield _last_day_in_force(s)
    if s.counted_beside is not None and s.amendment is None:
        yield _which_end(s, s.counted_beside)
    for duty in s.convention.end_duty:
        for share in s.convention.shares(duty):
            item = _end_duty(s, share, end)
            yield item
            if item.state is State.PAST or s.answer(was_done(item.key)) is not None:
                yield _was_it_done(s, item)


def _which_end(s: Situation, counted: date) -> Question:
    """A length and a last day printed beside it that do not agree: the day printed is kept meanwhile."""
    printed, length, answer = s.convention.term.ends_on, s.first_length, s.answer(WHICH_END)
    assert printed is not None  # noqa: S101 - the day counted stands beside it
    assert length is not None  # noqa: S101 - the day is counted from it
    apart = abs((counted - printed).days)
    days = ("un jour", "one day") if apart == 1 else (f"{apart} jours", f"{apart} days")
    return Question(
        id=WHICH_END, kind="contested", answer="reading", ask=s.convention.coordinator,
        about=Text(
            fr=f"La durée ({length.words.fr}) mène au {figures(counted)}, le texte dit le {figures(printed)} : {days[0]} "
            "d’écart, lequel compte ?",
            en=f"The length ({length.words.en}) leads to {counted}, the text says {printed}: {days[1]} apart, which counts?",
        ),
        readings=(
            _end_read(DAY_RULES, "le jour écrit", "the day printed", printed),
            _end_read(LENGTH_RULES, "la durée", "the length", counted),
        ),
        prudent=DAY_RULES, clause=s.clause(s.convention.term.clauses), answered=answer.reading if answer else None,
    )  # fmt: skip


def _end_read(id: str, fr: str, en: str, end: date) -> ReadingShown:  # noqa: A002 - the word of the file
    changes = Text(fr=f"dernier jour en vigueur le {figures(end)}", en=f"its last day in force is {end}")
    return ReadingShown(id=id, says=Text(fr=fr, en=en), changes=changes)


def _last_day_in_force(s: Situation) -> Item:
    end = s.ends_on
    why = "manquement" if s.ends_by_breach else "résiliation"
    why = "dénonciation" if any(x.ends_on == end and x.rule.until == "term" for x in s.letters) else why
    why = "fin anticipée de la convention mère" if s.falls_with_its_parent else why
    moved = "" if end is None or s.calendar.is_open(end) else " (jour chômé : le terme ne se déplace pas)"
    return Item(
        series="end", kind="end", nature=Nature.FACT, settled_by=None,
        title=Text(fr="Dernier jour en vigueur de la convention", en="Last day in force of the convention"),
        clause=s.clause(end_clauses(s)), owed_by=s.convention.together, owed_to=s.convention.together,
        opens_on=opening(end, s.policy.leads_for("end").notice) if end else None,
        legal_last_day=end, safe_day=s.calendar.prev_workable(end) if end else None, effect_range=end_range(s),
        rule=end_rule(s), proof=(*end_proof(s, end, why), note(moved)), certainty=end_certainty(s),
        state=State.WAITING if end is None else (State.DONE if s.today > end else _before(s, end)),
        responsible=(s.convention.coordinator, s.convention.manager),
    )  # fmt: skip


def _before(s: Situation, end: date) -> State:
    return State.UPCOMING if s.today < opening(end, s.policy.leads_for("end").notice) else State.OPEN


def _end_duty(s: Situation, duty: EndDuty, end: date | None) -> Item:
    key = key_of(duty.id, duty.whose)
    days = days_after(s, end, duty.after) if end else Days()
    legal = days.legal
    put_off: Proof = ()
    if duty.unless_litigation or duty.kind == "destruction":
        legal, put_off = later(s, legal)
    safe = days.safe_opens or days.safe
    if put_off:
        safe = s.calendar.prev_workable(legal) if legal else None
    if safe is not None and end is not None and safe <= end < (legal or end):
        safe = legal if legal and s.calendar.is_workable(legal) else s.calendar.prev_workable(end)
    answered = s.answer(was_done(key))
    done = s.done_on(key) or (answered.day if answered else None) or certified_on(s, key)
    opens = end + timedelta(days=1) if end and not duty.after.is_nothing else end
    opens = days.safe_opens or opens
    if opens is not None and safe is not None:
        opens = min(opens, safe)  # due on the last day itself, a closed one: it is done before
    proof = *_counted_from_the_end(s, duty, end, days), *put_off
    if end is not None and safe is not None and safe != day_given(proof, "safe"):
        proof = *proof, worked("prev_workable", legal if legal == safe else end, safe)
    state = state_of(s, opens_on=opens, last_day=legal or safe, done_on=done)
    if legal is None and state is State.LATE:
        state = State.OPEN  # « pas avant » only opens: nothing is late
    waits = duty.unless_litigation or duty.kind == "destruction"
    if waits and holds_back(s, by_its_clause=duty.unless_litigation) and state is not State.DONE:
        state = State.SUSPENDED
    if s.operational_from is None and state not in (State.DONE, State.PAST):
        state = State.WAITING
    return Item(
        series=duty.id, occurrence=duty.whose, holds_open=True, kind=duty.kind,
        title=Text(fr=duty.title, en=duty.title_en), clause=s.clause(duty.clauses),
        owed_by=duty.owed_by, owed_to=duty.owed_to, opens_on=opens, legal_last_day=legal, safe_day=safe,
        rule=rule_of(duty.after), proof=proof,
        certainty=Certainty.CONTESTED if days.contested else Certainty.CERTAIN, state=state, done_on=done,
        responsible=roles_of(s, duty.owed_by, duty.responsible),
        informed=tuple(dict.fromkeys((*duty.informed, s.convention.coordinator))),
    )  # fmt: skip


def was_done(key: str) -> str:
    """Return the id of the question put about a duty of the end whose day was over before the convention was registered."""
    return WAS_DONE + key


def _was_it_done(s: Situation, item: Item) -> Question:
    """Ask whoever owed it on our side; for the other side, the coordinator, who may hold its certificate."""
    ours = [role for role in item.responsible if s.convention.roles[role].party == s.convention.us]
    answer = s.answer(was_done(item.key))
    day = figures(item.legal_last_day) if item.legal_last_day else ""
    return Question(
        id=was_done(item.key), kind="blank", answer="date", ask=(*ours, s.convention.coordinator)[0],
        about=Text(
            fr=f"« {item.title.fr} », dû par {side_name(s, item.owed_by)} au plus tard le {day} : ce jour était passé quand la "
            "convention a été enregistrée. Est-ce fait, et de quel jour ? Si ce ne l’est pas, le faire, puis dire le jour.",
            en=f"“{item.title.en}”, owed by {side_name(s, item.owed_by, 'en')} by {day} at the latest: that day was over when "
            "the convention was registered. Was it done, and on which day? If not, do it, then say the day.",
        ),
        clause=item.clause, answered=figures(answer.day) if answer is not None and answer.day is not None else None,
    )  # fmt: skip


def certified_on(s: Situation, key: str) -> date | None:
    """Return the day a certificate was handed over for an item: what it certifies was done by then."""
    return next((x.on for _, x in s.of(CertificateReceived) if x.item == key), None)


def _counted_from_the_end(s: Situation, duty: EndDuty, end: date | None, days: Days) -> Proof:
    if end is None:
        return (note("attend la date de fin"),)
    last_day = f"sortie de {side_name(s, s.leaver)}, dernier jour le" if s.leaver else "dernier jour en vigueur"
    begun = *named_first(duty.after), given(end, END, f"{last_day} {{}}")
    proof = *begun, *counted_after(end, duty.after, days, cited(duty.clauses))
    closed = days.legal is not None and days.safe is not None and not s.calendar.is_workable(days.legal)
    if closed and duty.after.named is None and days.safe is not None:
        proof = *proof, given(days.safe, POLICY, " ; jour chômé → à faire au plus tard le {}")
    return proof
