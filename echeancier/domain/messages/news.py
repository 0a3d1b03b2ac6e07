"""What happened and changes what runs is told once to those it concerns, and taken back if it was recorded by mistake."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from echeancier.domain.facts.dossier import Told
from echeancier.domain.messages.compose import line, told_at_present
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.happened import (
    WAS,
    Development,
    both,
    news,
    of_breaches,
    of_institutions,
    of_suspensions,
)
from echeancier.domain.messages.mail_kind import Content, MailKind, Planning
from echeancier.domain.messages.order import NewsItem
from echeancier.domain.messages.party_exits import of_exits
from echeancier.domain.messages.problems import of_problems
from echeancier.domain.model import Text
from echeancier.domain.standing.people import Recipient, people
from echeancier.domain.standing.when_mail_may_leave import morning

ABOUT = "news/"
GONE = "gone"


class WhatChanges(MailKind):
    """Something happened that changes what runs: suspended, resumed, a breach alleged, an institution renamed."""

    kind = "news"
    name = Text(fr="Ce qui change", en="What changes")
    tells = (ABOUT,)

    @classmethod
    def due(cls, now: Planning) -> Iterator[tuple[Recipient, Content]]:
        """Return one message per person with what happened that he has not heard, or heard and is no longer so."""
        ctx = now.ctx
        known = {one.id: one for one in _all(ctx)}
        found: dict[str, list[Development]] = defaultdict(list)
        readers: dict[str, Recipient] = {}
        for one in known.values():
            for person in _audience(ctx, one):
                if (one.at_once or one.day <= ctx.s.today) and _is_news(ctx, one, person):
                    readers[person.address.casefold()] = person
                    found[person.address.casefold()].append(one)
        for address, told in found.items():
            yield readers[address], _content(ctx, readers[address], told)
        yield from _taken_back(ctx, known)

    @classmethod
    def next_at(cls, ctx: Context) -> list[datetime]:
        """Return the mornings on which something known already begins to count."""
        days = [one.day for one in _all(ctx) if one.day > ctx.s.today]
        return [morning(ctx.s, ctx.s.calendar.next_workable(day)) for day in days]


def _all(ctx: Context) -> list[Development]:
    """Everything recorded since the convention was registered: what came with it is no news."""
    since = {r.id for r in ctx.s.records if r.recorded_at > ctx.dossier.registered_at}
    found = [
        *of_suspensions(ctx.s),
        *of_breaches(ctx.s),
        *of_institutions(ctx.s),
        *of_exits(ctx.s),
        *of_problems(ctx.s),
    ]
    return [one for one in found if one.fact in since]


def _audience(ctx: Context, one: Development) -> tuple[Recipient, ...]:
    convention = ctx.s.convention
    if one.audience == "coordinator":
        return people(ctx.s, (convention.coordinator,))
    if one.audience == "us":
        return people(ctx.s, (convention.coordinator, convention.manager))
    ours = (convention.coordinator, convention.manager)
    if one.audience == "parties":
        return people(ctx.s, (*ours, *convention.roles), though_left=True)
    return tuple(p for p in people(ctx.s, (*ours, *convention.roles)) if p.role in ours or ctx.outbox.to(p.address))


def _is_news(ctx: Context, one: Development, person: Recipient) -> bool:
    if one.until is not None and one.until <= ctx.s.today:
        return False
    heard = ctx.told(person.address, ABOUT + one.id)
    return not heard or heard[-1][0].stage == GONE or heard[-1][0].day != one.day


def _content(ctx: Context, to: Recipient, told: list[Development]) -> Content:
    listed = [ctx.items[key] for one in told for key in one.items if key in ctx.items]
    said = [Told(about=ABOUT + one.id, stage="now", day=one.day) for one in told]
    said += [told_at_present(ctx, item, to) for item in listed]
    lines = [line(ctx.s, item, "now", to.role) for item in listed]
    others = [p.function for one in told for p in _audience(ctx, one)]
    return Content(WhatChanges, lines, news=[one.news for one in told], told=said, others=others)


def _taken_back(ctx: Context, known: dict[str, Development]) -> Iterator[tuple[Recipient, Content]]:
    """What was recorded by mistake and told is said not to be so."""
    wrong: dict[str, list[Told]] = defaultdict(list)
    for (address, about), told in ctx.outbox.told.items():
        if about.startswith(ABOUT) and about.removeprefix(ABOUT) not in known and told[-1][0].stage != GONE:
            wrong[address].append(told[-1][0])
    for person in people(ctx.s, ctx.s.convention.roles) if wrong else ():
        if found := wrong.get(person.address.casefold()):
            said = [one.model_copy(update={"stage": GONE}) for one in found]
            yield person, Content(WhatChanges, news=[_not_so(one) for one in found], told=said)


def _not_so(told: Told) -> NewsItem:
    head = told.about.removeprefix(ABOUT).partition("/")[0]
    what = WAS.get(head, both("ce fait", "that fact"))
    if head == "exit":
        return news(
            both(f"Annulé : {what.fr}", f"Withdrawn: {what.en}"),
            both(
                "La sortie que nous vous avions annoncée n’a pas lieu ainsi : la lettre est retirée, ou la convention prend fin "
                "pour toutes les parties avant, ce qu’un autre message dit alors.",
                "The exit that we had told you of does not take place so: the letter was withdrawn, or the convention ends for "
                "all the parties before, which another message then says.",
            ),
        )
    return news(
        both(f"Annulé : {what.fr}", f"Withdrawn: {what.en}"),
        both(
            f"Nous vous avions annoncé {what.fr} : cela avait été enregistré par erreur. N’en tenez pas compte ; ce qui courait "
            "avant court toujours.",
            f"We had told you of {what.en}: it had been recorded by mistake. Disregard it; what ran before still runs.",
        ),
    )
