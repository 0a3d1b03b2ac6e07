"""What a duty that comes back on days of the calendar owes: « le bilan de l’année, au plus tard le 31 mars »."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from echeancier.domain.agenda.due_day import as_answered, due_day_asked
from echeancier.domain.agenda.items import Item, State, Warning
from echeancier.domain.agenda.procedure import Found, cut_by, opening, roles_of
from echeancier.domain.agenda.recurring import kept_time
from echeancier.domain.agenda.turns import Span, Turn, turns
from echeancier.domain.dates.delay import over_on
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.delays import Period
from echeancier.domain.dates.proof import cited, kept, note, worked
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Text, title_of
from echeancier.domain.standing.amendments import moved_to
from echeancier.domain.standing.coverage import end_as_agreed, last_day
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.duties import Duty, may_outlive
from echeancier.domain.terms.money import Payment
from echeancier.domain.terms.when import BeforeTerm, MonthlyDay, When, YearlyDay


def calendar_duties(s: Situation) -> Found:
    """Yield, for each duty on days of the calendar, an item per time that the convention covers, named after what it is about."""
    if s.effect_on is None:
        return
    for duty in s.convention.duty:
        if duty.when is None:
            continue
        called = Text(fr=duty.title, en=duty.title_en)
        yield from due_day_asked(s, duty.id, called, duty.when, duty.clauses)
        when = as_answered(s, duty.id, duty.when)
        span, anew = span_of(s, s.effect_on, cited(duty.clauses)), s.counted_anew(duty.id)
        made = [*only_those(turns(when, span, anew), duty.only, anew)]
        yield from never_comes(s, duty, when, span)
        yield from before_the_effect(s, duty, made)
        if not made and isinstance(duty.when, BeforeTerm):
            yield from (_awaits_the_term(s, share, duty.when) for share in s.convention.shares(duty))
        outlives = may_outlive(when) and not duty.stops_at_end
        for share in s.convention.shares(duty):
            for turn in owed(s, share, made, last_day(s), outlives=outlives):
                yield _item(s, share, turn, outlives=outlives)


def only_those(made: Iterable[Turn], only: tuple[str, ...], anew: str) -> Iterator[Turn]:
    """Yield the times that the text wants alone, all of them where it says none; an amendment may name them anew."""
    return (one for one in made if not only or one.about.removeprefix(anew) in only)


def never_comes(s: Situation, duty: Duty | Payment, when: When, span: Span) -> Found:
    """Warn of a time that the text wants alone, and that the convention does not cover: not even to the end first agreed."""
    if not duty.only or span.is_horizon or span.renews_itself:
        return
    anew, agreed = s.counted_anew(duty.id), replace(span, last=max(span.last, end_as_agreed(s) or span.last))
    there = {one.about.removeprefix(anew) for one in turns(when, agreed, anew)}
    missing = [one for one in duty.only if one not in there]
    if missing and not ended_by_an_event(s):
        yield uncovered(s, duty, missing)


def ended_by_an_event(s: Situation) -> bool:
    """Whether its last day is that of an event that its term waited for: the text did not know which times it would cover."""
    return any(s.of_event(event) for event in s.convention.term.events)


def uncovered(s: Situation, duty: Duty | Payment, missing: list[str]) -> Warning:
    """Return the warning of times that the text wants alone and the convention does not cover."""
    which = ", ".join(missing)
    return Warning(
        id=f"only/{duty.id}",
        text=Text(
            fr=f"« {duty.title} » : only nomme {which}, que la convention ne couvre pas ; rien n’est compté pour cette fois. "
            "Vérifier only, ou la durée.",
            en=f"“{title_of(duty).en}”: only names {which}, which the convention does not cover; nothing is counted for it. "
            "Check only, or the term.",
        ),
        clause=s.clause(duty.clauses),
    )


def span_of(s: Situation, effect: date, source: str) -> Span:
    """Return what the convention covers as now known, for what one of its clauses says."""
    last = last_day(s)
    ends = s.period_ends
    if s.is_tacit and ends is not None:
        known = tuple(end for end in ends.until(last).lived if end <= last)
    else:
        known = (s.natural_end,) if s.natural_end is not None else ()
    horizon = s.bound_until is None and s.ends_at_most is None
    at_most = s.bound_until is None and s.ends_at_most is not None
    return Span(
        effect, last, known, s.renews_itself, s.calendar, source, is_horizon=horizon, cut_by=cut_by(s), is_at_most=at_most
    )  # fmt: skip


def owed(s: Situation, duty: Duty | Payment, made: list[Turn], last: date, *, outlives: bool) -> Iterator[Turn]:
    """Yield the times that are owed: none over before the effect, none after the end unless it outlives it.

    One that an amendment moved to a day before the end is owed on that day, whatever its rule gives.
    """
    for one in made:
        if s.effect_on is None or one.legal < s.effect_on:
            continue
        moved = None if outlives or one.day <= last else moved_to(s, key_of(duty.id, one.about, duty.whose))
        if outlives or one.day <= last or (moved is not None and moved <= last):
            yield one


def before_the_effect(s: Situation, duty: Duty | Payment, made: list[Turn]) -> Found:
    """Warn, until the next one, of a day over before the convention took effect in its first year: nothing is owed for it.

    What is about another year always came due before the first one covered: nobody is surprised.
    """
    over = [one for one in made if s.effect_on is not None and one.legal < s.effect_on]
    following = next((one for one in made if one not in over), None)
    if (
        not over
        or s.effect_on is None
        or not _is_about_its_own_time(duty.when)
        or (following and s.today > following.day)
    ):
        return
    first = over[-1]
    about = (f", pour {first.label.fr}", f", about {first.label.en}") if first.label.fr else ("", "")
    yield Warning(
        id=f"due-before-effect/{duty.id}",
        text=Text(
            fr=f"« {duty.title} »{about[0]} : dû le {figures(first.legal)}, avant la prise d’effet "
            f"({figures(s.effect_on)}) ; rien n’est compté pour cette fois. Si le texte le veut quand même, l’écrire à part (une "
            "seule fois).",
            en=f"“{title_of(duty).en}”{about[1]}: due on {first.legal}, before the effect ({s.effect_on}); nothing is "
            "counted for that time. If the text wants it all the same, write it apart (once).",
        ),
        clause=s.clause(duty.clauses),
    )


def _is_about_its_own_time(when: When | None) -> bool:
    return (isinstance(when, YearlyDay) and when.covers == "current") or isinstance(when, MonthlyDay | BeforeTerm)


def _awaits_the_term(s: Situation, duty: Duty, when: BeforeTerm) -> Item:
    """What is owed before a term that is not known yet: the last one of all, while another period may follow."""
    waits = "attend de savoir quelle période est la dernière" if s.renews_itself else "attend de connaître le terme"
    return Item(
        series=duty.id, occurrence="" if when.of == "final" else "1", step=duty.whose, kind=duty.kind,
        settled_by="meeting-held" if duty.traits.is_meeting else "done",
        title=Text(fr=duty.title, en=duty.title_en), clause=s.clause(duty.clauses), owed_by=duty.owed_by,
        owed_to=duty.owed_to, rule="before_term", proof=(note(f"{delay_in_words(when.before_term)} avant le terme : {waits}"),),
        certainty=Certainty.CERTAIN, state=State.WAITING, responsible=roles_of(s, duty.owed_by, duty.responsible),
        informed=tuple(dict.fromkeys((*duty.informed, s.convention.coordinator))),
    )  # fmt: skip


def _item(s: Situation, duty: Duty, turn: Turn, *, outlives: bool) -> Item:
    effect = s.effect_on or turn.day
    legal = turn.legal
    floor = max(effect, turn.not_before or effect)
    safe = s.calendar.prev_workable(turn.relied_on or legal)
    safe = legal if safe < floor else safe  # nobody works from there to that day: the last one, be it closed
    begins = min(max(one for one in (effect, s.operational_from, turn.opens) if one is not None), safe)
    ours = s.convention.is_ours(duty.owed_by)
    over = over_on(legal, s.calendar.next_open(legal) + timedelta(days=1), ours=ours) - timedelta(days=1)
    window = Period(0, begins, over, safe, truncated=turn.is_partial)
    state, done, meeting_at = kept_time(s, duty, window, begins, key_of(duty.id, turn.about, duty.whose))
    opens = floor if turn.is_window else max(floor, opening(safe, s.policy.leads_for(duty.kind).notice))
    label, by = turn.label, " ; à faire au plus tard le {}, jour ouvré" if safe != legal else ""
    relied_on = turn.relied_on or legal
    moved = worked("prev_workable", relied_on, s.calendar.prev_workable(relied_on), gives="")
    return Item(
        series=duty.id, occurrence=turn.about, step=duty.whose, kind=duty.kind,
        settled_by="meeting-held" if duty.traits.is_meeting else "done",
        title=Text(fr=f"{duty.title} ({label.fr})", en=f"{duty.title_en} ({label.en})") if label.fr else Text(
            fr=duty.title, en=duty.title_en), clause=s.clause(duty.clauses),
        owed_by=duty.owed_by, owed_to=duty.owed_to, holds_open=outlives,
        opens_on=min(opens, safe), legal_last_day=legal, safe_day=safe, rule=turn.rule,
        proof=(*turn.proof, moved, kept(safe, by, "safe"), *turn.other),
        certainty=Certainty.CONTESTED if turn.contested else Certainty.CERTAIN,
        state=state, done_on=done, meeting_at=meeting_at, covers=turn.about_days,
        responsible=roles_of(s, duty.owed_by, duty.responsible),
        informed=tuple(dict.fromkeys((*duty.informed, s.convention.coordinator))),
    )  # fmt: skip
