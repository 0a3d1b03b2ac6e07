"""What must come before: operational meetings before the committee, the activity table before the meeting."""

from datetime import date

from domain import facts as f
from domain.duties import Duty
from domain.items import Warning
from domain.model import Text
from domain.procedures.meeting import local
from domain.procedures.shape import Found
from domain.situation import Situation
from domain.words import figures


def order(s: Situation) -> Found:
    """Warn when a meeting was held, or has its date, and what must precede it neither happened nor has a date before it."""
    for duty in s.convention.duty:
        target = next((d for d in s.convention.duty if d.id == duty.before), None)
        if target is None:
            continue
        occasions = sorted({*_held(s, target), *_arranged(s, target)})
        kept = sorted({*_held(s, duty), *_arranged(s, duty)})
        for before, day in list(zip([date.min, *occasions], occasions, strict=False))[-2:]:
            if not any(before < other <= day for other in kept):
                yield _out_of_order(s, duty, target, day)


def _held(s: Situation, duty: Duty) -> tuple[date, ...]:
    found = [
        fact.on
        for _, fact in s.of(f.MeetingHeld)
        if fact.item.split("/")[0] == duty.id and s.had_quorum(fact)
    ]
    found += [fact.on for _, fact in s.of(f.DutyDone) if fact.item.split("/")[0] == duty.id]
    return tuple(found)


def _arranged(s: Situation, duty: Duty) -> tuple[date, ...]:
    """Meetings that still have a date ahead, the last date fixed of each."""
    fixed: dict[str, date] = {}
    for record in s.records:
        fact = record.fact
        if isinstance(fact, f.MeetingArranged | f.MeetingCancelled) and fact.item.split("/")[0] == duty.id:
            fixed.pop(fact.item, None)
            if isinstance(fact, f.MeetingArranged):
                fixed[fact.item] = local(fact.starts_at, s.zone).date()
    return tuple(day for day in fixed.values() if day >= s.today)


def _out_of_order(s: Situation, duty: Duty, target: Duty, day: date) -> Warning:
    return Warning(
        id=f"before/{target.id}/{day:%Y-%m-%d}",
        text=Text(
            fr=f"« {target.title} » du {figures(day)} : « {duty.title} » doit venir avant, et rien de tel n’est "
            "enregistré depuis "
            "la fois précédente.",
            en=f"“{target.title_en}” of {day}: “{duty.title_en}” must come before it, and none is recorded since the last one.",
        ),
        clause=s.clause(duty.clauses),
    )
