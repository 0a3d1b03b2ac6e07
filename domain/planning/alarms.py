"""Mail that did not arrive: the coordinator hears of it, or the manager when the coordinator's own mail is refused."""

from collections import defaultdict
from datetime import datetime

from domain.contacts import recipient
from domain.developments.shape import both, news
from domain.dossier import Message, Told
from domain.message_words import MESSAGE_WORDS
from domain.messages import NewsItem
from domain.model import Text
from domain.planning.composing import Content, Draft, draft
from domain.planning.context import Context
from domain.sending_hours import next_morning
from domain.words import in_words


def alarms(ctx: Context) -> list[Draft]:
    """Return, for each person to be told, one message about the addresses that refuse our mail, naming all that waits.

    An address is spoken of once a day at most, however many messages it refuses.
    """
    if not ctx.may_send:
        return []
    by_role: dict[str, dict[str, list[Message]]] = defaultdict(dict)
    for (role, address), new in _to_tell(ctx).items():
        if not _told_today(ctx, address):
            by_role[role][address] = new
    return [_alarm(ctx, role, addresses) for role, addresses in by_role.items()]


def _alarm(ctx: Context, role: str, addresses: dict[str, list[Message]]) -> Draft:
    waiting = {
        address: [m for m in ctx.dossier.outbox if _waits(m) and m.address.casefold() == address]
        for address in addresses
    }
    details = [_detail(ctx, found) for found in waiting.values()]
    content = Content(
        "undelivered",
        told=[Told(about=_about(message), stage="now") for new in addresses.values() for message in new],
        detail=both(" ".join(d.fr for d in details), " ".join(d.en for d in details)),
        news=[_waiting(ctx, found) for found in waiting.values()],
    )
    return draft(ctx, recipient(ctx.s, role), content, ctx.slot)


def next_alarm_at(ctx: Context) -> list[datetime]:
    """Return when what was refused after today's alarm is told: tomorrow morning."""
    late = any(_told_today(ctx, address) for _, address in _to_tell(ctx))
    return [next_morning(ctx.s, ctx.now)] if late else []


def _to_tell(ctx: Context) -> dict[tuple[str, str], list[Message]]:
    """The refused messages nobody was told of, by (who hears of it, address in lower case)."""
    found: dict[tuple[str, str], list[Message]] = defaultdict(list)
    for message in ctx.dossier.outbox:
        if message.status == "refused" and (role := _whom(ctx, message)) is not None:
            found[role, message.address.casefold()].append(message)
    return found


def _waits(message: Message) -> bool:
    return message.status == "refused" and message.kind != "undelivered"


def _told_today(ctx: Context, address: str) -> bool:
    """Whether an alarm about an address left today."""
    of_it = {_about(m) for m in ctx.dossier.outbox if m.address.casefold() == address}
    return any(
        m.kind == "undelivered"
        and m.status != "refused"
        and m.at.astimezone(ctx.s.zone).date() == ctx.s.today
        and any(told.about in of_it for told in m.told)
        for m in ctx.dossier.outbox
    )


def _about(message: Message) -> str:
    return f"undelivered/{message.id}"


def _whom(ctx: Context, message: Message) -> str | None:
    """Return the role that hears of it: the coordinator, else the manager; None when told, or when nobody is left.

    An alarm that is itself refused is no alarm: what it said goes to the next one.
    """
    alarms_about = [m for m in ctx.dossier.outbox if any(told.about == _about(message) for told in m.told)]
    if message.kind == "undelivered" or any(m.status != "refused" for m in alarms_about):
        return None
    deaf = {message.address.casefold(), *(m.address.casefold() for m in alarms_about)}
    convention = ctx.dossier.convention
    for role in (convention.coordinator, convention.manager):
        if recipient(ctx.s, role).address.casefold() not in deaf:
            return role
    return None


def _detail(ctx: Context, waiting: list[Message]) -> Text:
    first, last, function = waiting[0], waiting[-1], _function(ctx, waiting[-1].role)
    since, since_en = _day(ctx, first), in_words(first.at.astimezone(ctx.s.zone).date(), "en")
    many = f"{len(waiting)} messages attendent" if len(waiting) > 1 else "un message attend"
    many_en = f"{len(waiting)} messages wait" if len(waiting) > 1 else "one message waits"
    return Text(
        fr=f"L’adresse de « {function} » refuse nos messages depuis le {since} : "
        f"{last.detail or 'refusé par le serveur'}. Pour elle, {many}.",
        en=f"The address of “{function}” has refused our messages since {since_en}: "
        f"{last.detail or 'refused by the server'}. For it, {many_en}.",
    )


def _waiting(ctx: Context, waiting: list[Message]) -> NewsItem:
    """All that was to reach it, each with its day and what it spoke of."""
    function = _function(ctx, waiting[-1].role)
    return news(
        both(f"Ce qui attend : {function}", f"What waits: {function}"),
        both("", ""),
        stops=tuple(_line(ctx, message) for message in waiting),
    )


def _line(ctx: Context, message: Message) -> Text:
    titles = [item.title for told in message.told if (item := ctx.items.get(told.about)) is not None]
    day, en_day = _day(ctx, message), in_words(message.at.astimezone(ctx.s.zone).date(), "en", weekday=False)
    kind = MESSAGE_WORDS.get(message.kind, both(message.kind, message.kind))
    about = " : " + " ; ".join(dict.fromkeys(t.fr for t in titles)) if titles else ""
    about_en = ": " + "; ".join(dict.fromkeys(t.en for t in titles)) if titles else ""
    return both(f"{kind.fr} du {day}{about}", f"{kind.en} of {en_day}{about_en}")


def _day(ctx: Context, message: Message) -> str:
    return in_words(message.at.astimezone(ctx.s.zone).date(), weekday=False)


def _function(ctx: Context, role: str) -> str:
    known = ctx.s.convention.roles.get(role)
    return known.function if known else role
