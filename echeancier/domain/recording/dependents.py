"""What would be left hanging if a fact went away or changed: the facts that were accepted because of it."""

from echeancier.domain.facts import recorded as f
from echeancier.domain.recording.act import gate
from echeancier.domain.recording.case import agenda_or_refusal
from echeancier.domain.standing.breach_cases import LETTERS
from echeancier.domain.standing.parent import parent_signed_on
from echeancier.domain.standing.situation import Situation


def orphans(gone: f.Recorded, before: Situation, after: Situation) -> tuple[str, ...]:
    """Return the ids of the facts that hold with ``gone`` and no longer hold without it, in recording order.

    A meeting held holds without its arrangement. ``after`` lacks ``gone``, or has its corrected version.
    """
    kept = [r for r in after.records if r.id != gone.id]
    had = {item.key for item in agenda_or_refusal(before).items}
    has = {item.key for item in agenda_or_refusal(after).items}
    return tuple(r.id for r in kept if _hangs(r.fact, gone, before, after) or _of_a_lost_item(r.fact, had, has))


def _of_a_lost_item(fact: f.Fact, had: set[str], has: set[str]) -> bool:
    return isinstance(fact, f.DutyDone | f.MeetingHeld) and fact.item in had and fact.item not in has


def _hangs(  # noqa: PLR0911 - one answer for each kind of fact
    fact: f.Fact, gone: f.Recorded, before: Situation, after: Situation
) -> bool:
    there = {r.id for r in after.records}
    match fact:
        case f.LetterPresented() | f.LetterDelivered() | f.LetterReturned() | f.NoticeWithdrawn():
            return fact.letter == gone.id and gone.id not in there
        case f.Signed():
            return _signature_hangs(fact, before, after)
        case f.ContractPublicised():
            return before.last_signature is not None and after.last_signature is None
        case f.LetterPosted() | f.Amended():
            return before.operational_from is not None and after.operational_from is None
        case f.AppealLodged():
            start = "transmitted_on" if fact.by == "prefect" else "published_on"
            return getattr(before, start) is not None and getattr(after, start) is None
        case f.AppealAnswered():
            return bool(before.of(f.AppealLodged)) and not after.of(f.AppealLodged)
        case f.BreachStep() | f.BreachClosed():
            return gone.id not in there and _answers(fact, gone, before)
        case f.Resumed():
            return any(p.until == fact.on for p in before.pauses) and all(p.until != fact.on for p in after.pauses)
        case f.LitigationClosed():
            return len(after.of(f.LitigationOpened)) < len(after.of(f.LitigationClosed))
        case _:
            return False


def _answers(fact: f.BreachStep | f.BreachClosed, gone: f.Recorded, before: Situation) -> bool:
    """Whether a step belongs to the run that ``gone`` opened, or answers the letter that it is."""
    run = next((r for r in before.breach_cases if fact in r.steps.values() or fact == r.closed), None)
    if run is None:
        return False
    return run.id == gone.id or (run.fact(*LETTERS) == gone.fact and not _a_letter(fact))


def _a_letter(fact: f.BreachStep | f.BreachClosed) -> bool:
    return isinstance(fact, f.BreachStep) and fact.step in (*LETTERS, "suspend")


def _signature_hangs(fact: f.Signed, before: Situation, after: Situation) -> bool:
    if not fact.irregular and gate(before, fact) is None and gate(after, fact) is not None:
        return True
    parent_first = after.convention.effect.not_before_parent_signature
    return parent_first and parent_signed_on(before) is not None and parent_signed_on(after) is None
