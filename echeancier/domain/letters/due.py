"""Which letters a dossier calls for now, and by when each is to be posted. What a person decides alone is not called for."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.agenda.breach import step_key
from echeancier.domain.agenda.dispute import SERIES as DISPUTE
from echeancier.domain.agenda.items import TO_DO, Agenda, Item, State
from echeancier.domain.agenda.renewal import SERIES, way
from echeancier.domain.agenda.stages import due_stage
from echeancier.domain.facts import events as e
from echeancier.domain.facts.letter_fields import LetterFields, LetterKind
from echeancier.domain.facts.recorded import RenewalDecided
from echeancier.domain.letters.account_manager import EVENTS
from echeancier.domain.model import Frozen
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.posted_letters import Posting, postings
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.duties import EventDuty


class Call(Frozen):
    """A letter that is called for.

    Attributes:
        about: as the letter itself says it.
        item: the key of the agenda item behind it; empty for a question.
        by: the day to have posted it by, None where the text gives none.
        optional: a right, not a duty: nothing is late when it is not sent.
        fields: what is proposed for a draft.
    """

    letter: LetterKind
    about: str
    item: str = ""
    by: date | None = None
    optional: bool = False
    fields: LetterFields = LetterFields()


def calls(s: Situation) -> tuple[Call, ...]:
    """Return the letters a dossier calls for at an instant, each once."""
    if s.operational_from is None or s.today < s.operational_from:
        return ()  # before that there is nobody to write to, and nothing to write about
    agenda, posted = agenda_of(s), postings(s)
    found: dict[tuple[str, str], Call] = {}
    for rule in _RULES:
        for call in rule(s, agenda, posted):
            found.setdefault((call.letter, call.about), call)
    return tuple(found.values())


_Found = Iterator[Call]


def _terminations(s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> _Found:
    """A notice that can still be given: a right, so the letter is ready in case it is used."""
    del posted
    rules = {rule.id: rule for rule in s.convention.termination}
    for item in agenda.items:
        if item.kind != "notice" or not _is_open(s, item):
            continue
        rule = rules[item.occurrence]
        by = item.safe_day
        day = s.today if by is None else max(by, s.today)
        wanted = s.natural_end - timedelta(days=1) if rule.basis == "letter-date" and s.natural_end else None
        fields = LetterFields(posted=day, effect=wanted)
        yield Call(letter="termination", about=rule.id, item=item.key, by=by, optional=True, fields=fields)


def _account_managers(s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> _Found:
    del posted
    mine = _event_duties(s, lambda duty: duty.starts_on in EVENTS and duty.owed_to != s.convention.us)
    for item in agenda.items:
        if item.series in mine and _is_open(s, item) and s.convention.account_manager is not None:
            yield Call(letter="account-manager", about=item.key, item=item.key, by=item.safe_day)


def _incidents(s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> _Found:
    mine = _event_duties(s, lambda duty: duty.kind == "incident")
    for item in agenda.items:
        mine_and_open = item.series in mine and _is_open(s, item)
        if mine_and_open and not _left(posted, "incident", item.key):
            yield Call(letter="incident", about=item.key, item=item.key, by=item.safe_day)


def _comments(s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> _Found:
    del posted
    for case in s.breach_cases:
        step = case.defined("comment", "cure")
        key = step_key(case, step.does) if step else ""
        item = agenda.item(key)
        ours = step is not None and step.by == s.convention.us
        if ours and item is not None and item.state in TO_DO and item.done_on is None:
            about = step_key(case, "comment")
            yield Call(letter="comments", about=about, item=key, by=item.safe_day)


def _destructions(s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> _Found:
    """Once data of the other side were destroyed, it is told so by whoever did it."""
    for item in agenda.items:
        if item.kind != "destruction" or item.done_on is None or item.owed_by not in (s.convention.us, "both"):
            continue
        before = s.registered_on is not None and item.done_on < s.registered_on
        if not before and not _left(posted, "destruction", item.key):
            yield Call(letter="destruction", about=item.key, item=item.key)


def _renewals(s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> _Found:
    """The letter about the end: before the text has to be agreed, or once it was decided to let it lapse."""
    end, decided = s.natural_end, s.last(RenewalDecided)
    if end is None or s.is_over or s.ended_early:
        return
    about = key_of(SERIES, str(end.year))
    lapses = decided is not None and decided.decision == "let-lapse"
    if _left(posted, "renewal", about, since=decided.on if decided else None):
        return
    if lapses:
        yield Call(letter="renewal", about=about, by=end)
        return
    if decided is not None or way(s) == "none":
        return
    # The letter opens with the preparation: later, the text would already have to be agreed.
    steps = [i for i in agenda.items if i.series == SERIES and i.occurrence == str(end.year)]
    first = next((i for i in steps if i.state in TO_DO), None)
    agreed = next((i for i in steps if i.step in ("text-agreed", "with-parent")), None)
    if first is not None and _is_open(s, first) and agreed is not None and agreed.state in TO_DO:
        yield Call(letter="renewal", about=about, item=first.key, by=agreed.safe_day)


def _amicable(s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> _Found:
    if s.convention.dispute is None or s.is_over:
        return
    for fact_id, _ in s.of_event(e.DISPUTE_RAISED):
        key = key_of(DISPUTE, fact_id)
        if s.done_on(key) is None and not _left(posted, "amicable", key):
            item = agenda.item(key)
            yield Call(letter="amicable", about=key, item=key, by=item.safe_day if item else None)


def _requests(s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> _Found:
    """What the other side owes and was reminded of in vain: first a plain letter, then a formal notice."""
    latest: dict[str, Item] = {}
    for item in agenda.items:
        if item.done_on is not None:
            latest.pop(item.series, None)  # they have done it since: what they missed before is for the committee
        elif _in_vain(s, item):
            latest[item.series] = item
    for item in latest.values():
        asked = [p for p in posted if p.letter == "request" and p.about == item.key]
        if not asked:
            yield Call(letter="request", about=item.key, item=item.key)
            continue
        waited = s.today >= asked[-1].on + timedelta(days=s.policy.formal_notice_after_days)
        if waited and not _left(posted, "formal-notice", item.key):
            yield Call(letter="formal-notice", about=item.key, item=item.key)


def _in_vain(s: Situation, item: Item) -> bool:
    theirs = item.owed_by in s.convention.parties and item.owed_by != s.convention.us
    if not theirs or not item.traits.letter_asks or item.state is not State.LATE:
        return False
    due = due_stage(s, item)
    return due is not None and due.stage == "escalation"


def _missing_pieces(s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> _Found:
    """A question put to the other side by mail, and put again, gets a letter."""
    start = max((d for d in (s.operational_from, s.registered_on) if d is not None), default=None)
    if start is None or s.is_over or s.today < start + timedelta(days=2 * s.policy.question_every_days):
        return
    for question in agenda.questions:
        theirs = s.convention.roles[question.ask].party != s.convention.us
        about = f"question/{question.id}"
        if theirs and question.answered is None and not _left(posted, "request", about):
            yield Call(letter="request", about=about)


_RULES: tuple[Callable[[Situation, Agenda, tuple[Posting, ...]], _Found], ...] = (
    _incidents, _account_managers, _comments, _terminations, _renewals, _amicable, _requests, _missing_pieces,
    _destructions,
)  # fmt: skip


def _is_open(s: Situation, item: Item) -> bool:
    return item.state in TO_DO and due_stage(s, item) is not None


def _event_duties(s: Situation, fits: Callable[[EventDuty], bool]) -> set[str]:
    owed = (s.convention.us, "both")
    return {duty.id for duty in s.convention.event_duty if duty.owed_by in owed and fits(duty)}


def _left(posted: tuple[Posting, ...], letter: str, about: str, since: date | None = None) -> bool:
    return any(p.letter == letter and p.about == about and (since is None or p.on >= since) for p in posted)


def next_call_at(s: Situation) -> tuple[date, ...]:
    """Return the days ahead on which a letter becomes called for although no deadline is spoken of then."""
    days = [p.on + timedelta(days=s.policy.formal_notice_after_days) for p in postings(s) if p.letter == "request"]
    start = max((d for d in (s.operational_from, s.registered_on) if d is not None), default=None)
    if start is not None:
        days.append(start + timedelta(days=2 * s.policy.question_every_days))
    return tuple(day for day in days if day > s.today)
