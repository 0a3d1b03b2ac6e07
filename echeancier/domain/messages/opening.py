"""The first message to each person: the convention is in force, this is what comes. Registered late, it says what was missed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from echeancier.domain.agenda.items import Item, State
from echeancier.domain.attention.reminder_stages import CHASED, due_stage
from echeancier.domain.dates.delays import add_months
from echeancier.domain.facts.dossier import Told
from echeancier.domain.messages.compose import about_end, his_roles, line, ours_of, told_at_present
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.early_end import Ended, why_it_ends
from echeancier.domain.messages.mail_kind import Content, MailKind, Planning
from echeancier.domain.model import Text
from echeancier.domain.standing.people import Recipient, only_stands_in, people

LEAST, PAST = 3, 12
"""How many coming things the first message lists at least, and how many past ones at most."""

_TIMES = 4
"""How many days of the same returning duty it lists at most, besides those that are due already."""


class OpeningMessage(MailKind):
    """The convention is in force: who does what, and what comes first; replaces a burst when registered late.

    To everyone who has not had it, once the convention is operational.
    """

    kind = "opening"
    name = Text(fr="Message d’ouverture", en="Opening message")
    heeds = True
    one_a_day = True
    carries_letters = True
    may_wait = True
    only_names = True

    @classmethod
    def due(cls, now: Planning) -> Iterator[tuple[Recipient, Content]]:
        """Return what each of them is told, the questions put to him included."""
        if is_operational(now.ctx):
            yield from _contents(now)


def is_operational(ctx: Context) -> bool:
    """Whether duties run already."""
    start = ctx.s.operational_from
    return start is not None and ctx.s.today >= start


def end_is_near_on(ctx: Context) -> date | None:
    """Return the day from which those who only have duties of the end hear of it; None while the end is unknown."""
    if ctx.agenda.ends_on is None:
        return None
    return ctx.s.calendar.next_workable(add_months(ctx.agenda.ends_on, -ctx.policy.end_is_near_months))


@dataclass(frozen=True)
class _Reader:
    """Somebody who has a use for the first message now, and what concerns him."""

    person: Recipient
    runs_it: bool
    coming: list[Item]
    past: list[Item]

    def hears_of_the_end_first(self, ctx: Context) -> bool:
        """Whether the early end is what he has to know: that it is in force would mislead whoever only acts at the end."""
        return ctx.s.ended_early and not ctx.s.end_is_conditional and not self.runs_it and not self.past


def _contents(now: Planning) -> Iterator[tuple[Recipient, Content]]:
    ctx, convention = now.ctx, now.ctx.s.convention
    everyone = people(ctx.s, (convention.coordinator, convention.manager, *convention.roles))
    # Whoever only stands in for a while is told what comes meanwhile, and no more.
    had_it = [p for p in everyone if ctx.told(p.address, "opening") or only_stands_in(ctx.s, p.address)]
    readers = [found for person in everyone if person not in had_it and (found := _reader(ctx, person))]
    others = [person.function for person in (*had_it, *(reader.person for reader in readers))]
    for reader in readers:
        person, listed = reader.person, _first_of(ctx, reader.coming)
        asking = now.asking(person)
        told = [Told(about="opening", stage="now"), *(told_at_present(ctx, item, person) for item in listed)]
        told += [Told(about=about_end(ctx), stage="now", day=ctx.agenda.ends_on)] if ctx.s.ended_early else []
        lines = [line(ctx.s, item, "now", person.role) for item in listed]
        lines += [line(ctx.s, item, "past", person.role) for item in reader.past[-PAST:]]
        warnings = [w.text for w in ctx.agenda.warnings] if reader.runs_it else []
        told = [*told, *asking.told]
        if reader.hears_of_the_end_first(ctx) and ctx.agenda.ends_on is not None and not asking.questions:
            why = why_it_ends(ctx, ctx.agenda.ends_on)
            yield person, Content(Ended, lines, told=told, others=others, detail=why, reason="ended")
            continue
        yield person, Content(OpeningMessage, lines, asking.questions, told=told, others=others, warnings=warnings)


def _reader(ctx: Context, person: Recipient) -> _Reader | None:
    """Return what concerns a person, None when he has no use for the first message now."""
    his = his_roles(ctx, person)
    runs_it = bool(his & {ctx.s.convention.coordinator, ctx.s.convention.manager})
    concerned = [i for i in ctx.agenda.items if runs_it or not his.isdisjoint((*i.responsible, *i.informed))]
    coming = [i for i in concerned if i.state in CHASED and i.safe_day is not None]
    # What others did or not before we kept this file is not ours to reproach them with.
    past = [i for i in concerned if i.state is State.PAST and i.traits.matters_once_past and his & ours_of(ctx)]
    # A convention registered after its end is our own affair.
    if not runs_it and (ctx.s.is_over or not _is_of_use(ctx, coming, past)):
        return None
    return _Reader(person, runs_it, coming, past)


def _is_of_use(ctx: Context, coming: list[Item], past: list[Item]) -> bool:
    """Whether somebody has a use for the first message now: what only begins with the end is told when it is near."""
    if past or not coming:
        return bool(past)
    of_the_end = {"end", *(duty.id for duty in ctx.s.convention.end_duty)}
    if any(item.series not in of_the_end for item in coming):
        return True
    near = end_is_near_on(ctx)
    return near is None or ctx.s.today >= near


def _first_of(ctx: Context, coming: list[Item]) -> list[Item]:
    """Return what is to be listed: what falls within a year, at least the first few; a returning duty a few times only."""
    until = add_months(ctx.s.today, ctx.policy.opening_months)
    within = sum(1 for item in coming if item.safe_day is not None and item.safe_day <= until)
    times: Counter[str] = Counter()
    found = []
    for item in coming[: max(within, LEAST)]:
        times[item.title.fr] += 1
        if times[item.title.fr] <= _TIMES or due_stage(ctx.s, item) is not None:
            found.append(item)
    return found
