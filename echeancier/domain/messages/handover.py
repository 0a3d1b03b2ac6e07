"""Whoever begins to stand in for a role that is away hears, once, what comes while it is: not the whole opening again."""

from collections.abc import Iterator
from datetime import date

from echeancier.domain.agenda.items import Item
from echeancier.domain.attention.reminder_stages import CHASED, due_stage
from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.dossier import Told
from echeancier.domain.messages.compose import line, told_at_present
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.happened import both, news
from echeancier.domain.messages.mail_kind import Content, MailKind, Planning
from echeancier.domain.messages.opening import is_operational
from echeancier.domain.messages.order import NewsItem
from echeancier.domain.model import Text
from echeancier.domain.standing.people import Recipient, holder, recipient, stands_in_for

ABOUT = "handover/"


class Handover(MailKind):
    """Somebody stands in for a role that is away: what comes meanwhile, to each who began to since he was last told so."""

    kind = "handover"
    name = Text(fr="Relais pendant une absence", en="Standing in for somebody away")
    tells = (ABOUT,)

    @classmethod
    def due(cls, now: Planning) -> Iterator[tuple[Recipient, Content]]:
        """Return what each of them is told."""
        if is_operational(now.ctx) and not now.ctx.s.is_over:
            yield from _contents(now.ctx)


def _contents(ctx: Context) -> Iterator[tuple[Recipient, Content]]:
    seen: dict[str, list[tuple[str, Recipient, date]]] = {}
    people: dict[str, Recipient] = {}
    for role in ctx.s.convention.roles:
        person, away = recipient(ctx.s, role), holder(ctx.s, role, ctx.s.today)
        until = next((day for name, day in stands_in_for(ctx.s, person.address) if name == away.function), None)
        if until is not None and away.address.casefold() != person.address.casefold():
            people[person.address.casefold()] = person
            seen.setdefault(person.address.casefold(), []).append((role, away, until))
    for address, absences in seen.items():
        new = [a for a in absences if not ctx.told(people[address].address, _about(a))]
        if new:
            yield people[address], _content(ctx, people[address], new)


def _about(absence: tuple[str, Recipient, date]) -> str:
    role, _, until = absence
    return f"{ABOUT}{role}/{until.isoformat()}"


def _content(ctx: Context, to: Recipient, absences: list[tuple[str, Recipient, date]]) -> Content:
    listed = [item for role, _, until in absences for item in _meanwhile(ctx, role, until)]
    items = list({item.key: item for item in listed}.values())
    told = [Told(about=_about(a), stage="now", day=a[2]) for a in absences]
    told += [told_at_present(ctx, item, to) for item in items]
    # Whoever stands in is no newcomer to be told everything: he is not to get the opening tomorrow either.
    told += [Told(about="opening", stage="now")]
    lines = [line(ctx.s, item, "now", absences[0][0]) for item in items]
    return Content(
        Handover,
        lines,
        told=told,
        others=[away.function for _, away, _ in absences],
        news=[_says(a) for a in absences],
    )


def _meanwhile(ctx: Context, role: str, until: date) -> list[Item]:
    """What the role owes or hears of until it is back: what falls by then, and what is already spoken of."""
    return [
        item
        for item in ctx.agenda.items
        if role in (*item.responsible, *item.informed)
        and item.state in CHASED
        and item.safe_day is not None
        and (item.safe_day <= until or due_stage(ctx.s, item) is not None)
    ]


def _says(absence: tuple[str, Recipient, date]) -> NewsItem:
    _, away, until = absence
    day, en_day = in_words(until), in_words(until, "en")
    return news(
        both(f"Vous remplacez : {away.function}", f"You stand in for: {away.function}"),
        both(
            f"« {away.function} » est absente jusqu’au {day} : son courrier vous arrive jusque-là, puis de nouveau chez elle.",
            f"“{away.function}” is away until {en_day}: its mail comes to you until then, and to it again afterwards.",
        ),
    )
