"""Mail that did not arrive: refused, come back, or held by our own settings; and who hears of it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.dossier import Dossier, Message, Told
from echeancier.domain.facts.mail import MailUndelivered
from echeancier.domain.facts.recorded import in_force
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.happened import both, news
from echeancier.domain.messages.mail_kind import Content, MailKind, Planning
from echeancier.domain.messages.order import NewsItem, RefusedAddress
from echeancier.domain.model import Text
from echeancier.domain.running.mail_fault import OF_SETTINGS, Fault, fault_of, said_of
from echeancier.domain.standing.people import Recipient, recipient
from echeancier.domain.standing.when_mail_may_leave import next_morning

HELD = "held"
"""Stage of an alarm about mail that our own settings hold back."""


class Undelivered(MailKind):
    """A mail was refused for good: the coordinator must act, or the manager where it is his own address that refuses.

    An address is spoken of once, however many messages it refuses, until one arrives there: the digest says it meanwhile.
    Mail that our own settings hold back has one message of its own, which waits for the relay like the rest.
    """

    kind = "undelivered"
    name = Text(fr="Alerte : message non remis", en="Alarm: message not delivered")
    tells = ("undelivered/",)
    asks = True
    only_names = True

    @classmethod
    def due(cls, now: Planning) -> Iterator[tuple[Recipient, Content]]:
        """Return, for each person to be told, one message about the addresses that refuse our mail, naming all that waits."""
        ctx = now.ctx
        by_role: dict[str, dict[str, list[Message]]] = defaultdict(dict)
        for (role, address), new in _to_tell(ctx).items():
            by_role[role][address] = new
        for role, addresses in by_role.items():
            yield recipient(ctx.s, role), _alarm(now, addresses)
        held = _held_untold(ctx)
        if held and not _settings_told_today(ctx):
            yield recipient(ctx.s, ctx.dossier.convention.coordinator), _alarm_of_settings(now, held)

    @classmethod
    def next_at(cls, ctx: Context) -> list[datetime]:
        """Return when what our settings hold back since today's alarm is told: tomorrow morning."""
        return [next_morning(ctx.s, ctx.now)] if _held_untold(ctx) and _settings_told_today(ctx) else []


def held_back(outbox: Sequence[Message]) -> list[Message]:
    """Return the messages that a fault of our settings keeps from leaving, oldest first."""
    return [m for m in outbox if m.status == "deferred" and m.fault in OF_SETTINGS]


def _alarm(now: Planning, addresses: dict[str, list[Message]]) -> Content:
    ctx = now.ctx
    waiting = {address: [m for m in ctx.outbox.to(address) if _waits(m)] for address in addresses}
    refusals = [_refusal(now, address, found) for address, found in waiting.items()]
    details = [_detail(one, found) for one, found in zip(refusals, waiting.values(), strict=True)]
    return Content(
        Undelivered,
        told=[Told(about=_about(message), stage="now") for new in addresses.values() for message in new],
        detail=both(" ".join(d.fr for d in details), " ".join(d.en for d in details)),
        news=[_waiting(now.ctx, one, found) for one, found in zip(refusals, waiting.values(), strict=True)],
        refusals=refusals,
    )


def _alarm_of_settings(now: Planning, new: list[Message]) -> Content:
    ctx = now.ctx
    held = [m for m in held_back(ctx.outbox.unsettled) if m.kind != Undelivered.kind]
    since, since_en = _day(ctx, held[0]), in_words(held[0].at.astimezone(ctx.s.zone).date(), "en")
    why = said_of(new[-1].fault)
    refusal = RefusedAddress(
        address="",
        since=held[0].at.astimezone(ctx.s.zone).date(),
        says=Text(
            fr=f"Depuis le {since}, le serveur qui envoie nos courriels n’en prend plus : {why.fr}. Les destinataires n’y "
            "sont pour rien",
            en=f"Since {since_en}, the server that sends our mail takes it no more: {why.en}. The recipients have nothing "
            "to do with it",
        ),
        waiting=tuple(_line(now, message, to=True) for message in held),
    )
    return Content(
        Undelivered,
        told=[Told(about=_about(message), stage=HELD) for message in new],
        detail=both(f"{refusal.says.fr}.", f"{refusal.says.en}."),
        news=[news(both("Ce qui attendait alors", "What was waiting then"), both("", ""), stops=refusal.waiting)],
        refusals=[refusal],
        reason="settings",
    )


def _held_untold(ctx: Context) -> list[Message]:
    """What our settings hold back and nobody was told of."""
    held = [m for m in held_back(ctx.outbox.unsettled) if m.kind != Undelivered.kind]
    told = {t.about for m in _alarms_of_settings(ctx) for t in m.told} if held else set()
    return [m for m in held if _about(m) not in told]


def _settings_told_today(ctx: Context) -> bool:
    """Whether such an alarm is still waiting for the relay, or left today."""
    return any(
        m.waits or m.status == "refused" or m.at.astimezone(ctx.s.zone).date() == ctx.s.today
        for m in _alarms_of_settings(ctx)
    )


def _alarms_of_settings(ctx: Context) -> list[Message]:
    """Return those that left or may still leave."""
    row = ctx.outbox.refused_in_a_row
    alarms = [m for m in ctx.dossier.outbox if any(told.stage == HELD for told in m.told)]
    return [m for m in alarms if m.tells or m.id in row]


def _to_tell(ctx: Context) -> dict[tuple[str, str], list[Message]]:
    """The refused messages nobody was told of, by (who hears of it, address in lower case)."""
    found: dict[tuple[str, str], list[Message]] = defaultdict(list)
    row = ctx.outbox.refused_in_a_row
    for message in ctx.outbox.unsettled:
        if message.status != "refused" or message.id in row or _is_known(ctx, message):
            continue
        if (role := _whom(ctx, message)) is not None:
            found[role, message.address.casefold()].append(message)
    return found


def _waits(message: Message) -> bool:
    return message.status == "refused" and message.kind != Undelivered.kind


def _is_known(ctx: Context, refused: Message) -> bool:
    """Whether it had been told before that the address of a refused message refuses, and nothing arrived there in between."""
    sent = ctx.outbox.to(refused.address)
    of_it = {_about(m) for m in sent}
    alarms = [
        m.at
        for m in ctx.dossier.outbox
        if m.kind == Undelivered.kind and m.tells and any(t.about in of_it and t.stage != HELD for t in m.told)
    ]
    last = max((at for at in alarms if at <= refused.at), default=None)
    return last is not None and not any(m.status == "accepted" and last <= m.at <= refused.at for m in sent)


def _about(message: Message) -> str:
    return f"undelivered/{message.id}"


def _whom(ctx: Context, message: Message) -> str | None:
    """Return the role that hears of it: the coordinator, else the manager; None when told, or when nobody is left.

    An alarm that is itself refused is no alarm: what it said goes to the next one.
    """
    about = _about(message)
    alarms_about = [m for m in ctx.dossier.outbox if any(t.about == about and t.stage != HELD for t in m.told)]
    if message.kind == Undelivered.kind or any(m.tells for m in alarms_about):
        return None
    deaf = {
        message.address.casefold(),
        *(m.address.casefold() for m in alarms_about if m.status == "refused"),
    }
    convention = ctx.dossier.convention
    for role in (convention.coordinator, convention.manager):
        if recipient(ctx.s, role).address.casefold() not in deaf:
            return role
    return None


def _refusal(now: Planning, address: str, waiting: list[Message]) -> RefusedAddress:
    ctx = now.ctx
    return RefusedAddress(
        address=address,
        since=waiting[0].at.astimezone(ctx.s.zone).date(),
        says=_says(ctx, waiting),
        waiting=tuple(_line(now, message) for message in waiting),
    )


def _says(ctx: Context, waiting: list[Message]) -> Text:
    first, last, function = waiting[0], waiting[-1], _function(ctx, waiting[-1].role)
    if _is_unknown(waiting):
        return Text(
            fr=f"On ne sait pas si « {function} » a reçu notre message du {_day(ctx, last)} : {last.detail}",
            en=f"Nobody knows whether “{function}” got our message of {in_words(last.at.astimezone(ctx.s.zone).date(), 'en')}: "
            "it was handed over twice without an answer of the mail server, so perhaps received twice. Ask; it does not "
            "leave again by itself",
        )
    since, since_en = _day(ctx, first), in_words(first.at.astimezone(ctx.s.zone).date(), "en")
    why = said_of(last.fault)
    # A relay's words about our settings are for whoever mends them: the desk and the journal show them.
    said = why.fr if last.fault in OF_SETTINGS else last.detail or why.fr
    what, what_en = _blame(function, last.fault)
    return Text(fr=f"{what} depuis le {since} : {said}", en=f"{what_en} since {since_en}: {why.en}")


def _is_unknown(waiting: list[Message]) -> bool:
    return all(message.unknown for message in waiting)


def _detail(refusal: RefusedAddress, waiting: list[Message]) -> Text:
    says = refusal.says
    if _is_unknown(waiting):
        return Text(fr=f"{says.fr}.", en=f"{says.en}.")
    many = f"{len(waiting)} messages attendent" if len(waiting) > 1 else "un message attend"
    many_en = f"{len(waiting)} messages wait" if len(waiting) > 1 else "one message waits"
    return Text(fr=f"{says.fr}. Pour elle, {many}.", en=f"{says.en}. For it, {many_en}.")


def _blame(function: str, fault: Fault) -> tuple[str, str]:
    """What does not work, held against nobody whom the answer does not name."""
    match fault:
        case "address":
            return (
                f"L’adresse de « {function} » refuse nos messages",
                f"The address of “{function}” has refused our messages",
            )
        case "settings" | "in-a-row":
            return (
                f"Malgré des jours d’essais, nos messages pour « {function} » ne partent pas",
                f"In spite of days of trying, our messages for “{function}” have not left",
            )
        case _:
            return (
                f"Nos messages pour « {function} » n’arrivent pas",
                f"Our messages for “{function}” have not arrived",
            )


def _waiting(ctx: Context, refusal: RefusedAddress, waiting: list[Message]) -> NewsItem:
    """All that was to reach it, each with its day and what it spoke of."""
    function = _function(ctx, waiting[-1].role)
    return news(both(f"Ce qui attend : {function}", f"What waits: {function}"), both("", ""), stops=refusal.waiting)


def _line(now: Planning, message: Message, *, to: bool = False) -> Text:
    ctx, kind = now.ctx, now.name_of(message.kind)
    titles = [item.title for told in message.told if (item := ctx.items.get(told.about)) is not None]
    day, en_day = _day(ctx, message), in_words(message.at.astimezone(ctx.s.zone).date(), "en", weekday=False)
    about = " : " + " ; ".join(dict.fromkeys(t.fr for t in titles)) if titles else ""
    about_en = ": " + "; ".join(dict.fromkeys(t.en for t in titles)) if titles else ""
    whom, whom_en = ("", "")
    if to:
        function = _function(ctx, message.role)
        whom, whom_en = f" pour « {function} »", f" for “{function}”"
    return both(f"{kind.fr} du {day}{whom}{about}", f"{kind.en} of {en_day}{whom_en}{about_en}")


def _day(ctx: Context, message: Message) -> str:
    return in_words(message.at.astimezone(ctx.s.zone).date(), weekday=False)


def _function(ctx: Context, role: str) -> str:
    known = ctx.s.convention.roles.get(role)
    return known.function if known else role


def as_delivered(dossier: Dossier) -> Dossier:
    """Return the dossier as its readers got it: what a report says was never delivered counts as refused.

    The outbox itself keeps what the relay answered; the report is a fact of its own, so recording it by mistake can be
    put right.
    """
    failed = {
        record.fact.message: record.fact
        for record in in_force(tuple(dossier.facts))
        if isinstance(record.fact, MailUndelivered) and record.fact.outcome == "failed"
    }
    if not failed:
        return dossier
    # What one mail carried came back together.
    mails = {m.mail: failed[m.id] for m in dossier.outbox if m.mail and m.id in failed}
    reports = [(m, failed.get(m.id) or mails.get(m.mail)) for m in dossier.outbox]
    outbox = [m if report is None else _refused(m, report) for m, report in reports]
    return dossier.model_copy(update={"outbox": outbox})


def _refused(message: Message, report: MailUndelivered) -> Message:
    if message.status == "superseded":
        return message
    fault = fault_of(report.status)
    changes = {
        "status": "refused",
        "next_try": None,
        "fault": fault,
        "detail": said_of(fault, report.status).fr,
    }
    return message.model_copy(update=changes)
